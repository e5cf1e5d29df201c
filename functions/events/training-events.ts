import * as z from 'zod';

const startedAt = z.iso.datetime().transform((time) => Math.floor(Date.parse(time) / 1000));
/** Name of the state machine's execution; part of object names. */
const run = z.string().regex(/^[\w-]+$/);

/** Percentage of the items of a Distributed Map that may fail, as configured. */
const toleratedFailurePercentage = z.number().min(0).max(100).default(10);

/** Event of a training run's first step. */
export const planEventSchema = z.object({ run, toleratedFailurePercentage });

/** Event to train one application. All steps of a run only use data from before its start. */
export const trainEventSchema = z.object({ applicationId: z.string().min(1), startedAt });

/** Queue messages with applications to train without waiting for the schedule, one per message. */
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

/** Event to refine the clusters, after the applications were trained. */
export const reclusterEventSchema = z.object({
  startedAt,
  run: run.default('by-hand'),
  toleratedFailurePercentage,
});

/** Event to train one cluster. */
export const trainClusterEventSchema = z.object({ clusterId: z.string().min(1), startedAt });

/** A map without items may have written nothing. */
const manifest = z.object({ ResultWriterDetails: z.object({ Key: z.string() }).optional() });

/** Event of a training run's last step: the result locations of its two Distributed Maps. */
export const concludeEventSchema = z.object({ run, applications: manifest, clusters: manifest });
