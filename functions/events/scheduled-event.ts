import * as z from 'zod';

/**
 * Event of a schedule. Its time is when it was due, so a delayed or repeated delivery decides as of
 * that time. If several invocations share a run, each event states its part of the groups.
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
