import * as z from 'zod';

const startedAt = z.iso.datetime().transform((time) => Math.floor(Date.parse(time) / 1000));

/** First step of a training run: the name of the state machine's execution. */
export const planEventSchema = z.object({ run: z.string().regex(/^[\w-]+$/) });

/** One application of a training run; everything in a run looks at what lies before its start. */
export const trainEventSchema = z.object({ applicationId: z.string().min(1), startedAt });

/** Last step of a training run. */
export const reclusterEventSchema = z.object({ startedAt });
