import * as z from 'zod';

const startedAt = z.iso.datetime().transform((time) => Math.floor(Date.parse(time) / 1000));
/** Name of the state machine's execution; part of an object's name. */
const run = z.string().regex(/^[\w-]+$/);

/** First step of a training run. */
export const planEventSchema = z.object({ run });

/** One application of a training run; everything in a run looks at what lies before its start. */
export const trainEventSchema = z.object({ applicationId: z.string().min(1), startedAt });

/** Applications that do not wait for the schedule, one a message, as their queue hands them over. */
export const trainingRequestsSchema = z.object({
  Records: z
    .array(
      z.looseObject({
        messageId: z.string(),
        body: z.string(),
        eventSource: z.literal('aws:sqs'),
      }),
    )
    .min(1),
});

/** After the applications: the clusters are refined. */
export const reclusterEventSchema = z.object({ startedAt, run: run.default('by-hand') });

/** One cluster of a training run. */
export const trainClusterEventSchema = z.object({ clusterId: z.string().min(1), startedAt });

const manifest = z.object({ ResultWriterDetails: z.object({ Key: z.string() }) });

/** Last step of a training run: where the results of its two fan-outs are. */
export const concludeEventSchema = z.object({ run, applications: manifest, clusters: manifest });
