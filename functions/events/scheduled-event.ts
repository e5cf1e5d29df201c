import * as z from 'zod';

/**
 * A schedule's tick; the time is when it was due, so a delayed or repeated delivery decides as of then. Where several
 * invocations share a tick, each says which part of the groups is its own.
 */
export const scheduledEventSchema = z
  .object({
    'detail-type': z.literal('Scheduled Event'),
    time: z.iso.datetime(),
    part: z.int().min(0).optional(),
    parts: z.int().min(1).optional(),
  })
  .transform(({ time, part, parts }) => ({
    atSeconds: Math.floor(Date.parse(time) / 1000),
    ...(part !== undefined && parts !== undefined && { share: { part, parts } }),
  }));

export type ScheduledTick = z.output<typeof scheduledEventSchema>;
