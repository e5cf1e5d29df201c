import * as z from 'zod';

/** A schedule's tick; the time is when it was due, so a delayed or repeated delivery decides as of then. */
export const scheduledEventSchema = z
  .object({
    'detail-type': z.literal('Scheduled Event'),
    time: z.iso.datetime(),
  })
  .transform(({ time }) => ({ atSeconds: Math.floor(Date.parse(time) / 1000) }));

export type ScheduledTick = z.output<typeof scheduledEventSchema>;
