import * as z from 'zod';

/** Somebody turned the kill switch, as EventBridge tells it seconds later. */
export const switchEventSchema = z
  .object({
    source: z.literal('aws.ssm'),
    'detail-type': z.literal('Parameter Store Change'),
    time: z.iso.datetime(),
  })
  .transform(({ time }) => ({
    atSeconds: Math.floor(Date.parse(time) / 1000),
    isSwitched: true as const,
  }));
