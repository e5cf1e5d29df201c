import * as z from 'zod';

/** EventBridge event after a change of the kill switch; it arrives seconds later. */
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
