import * as z from 'zod';
import { RESOURCES } from '#core/domain/footprint.ts';

const incident = z.object({
  applicationId: z.string(),
  resource: z.enum(RESOURCES),
  startSeconds: z.number(),
});

const attribute = z.object({ Value: z.string() });

const record = z.object({
  Sns: z.object({
    Subject: z.string().nullish(),
    Message: z.string(),
    MessageAttributes: z.record(z.string(), attribute).default({}),
  }),
});

/**
 * Messages of the topic: a Foreprint alert with its JSON in an attribute, or a CloudWatch alarm.
 */
export const notificationEventSchema = z
  .object({ Records: z.array(record).min(1) })
  .transform(({ Records }) =>
    Records.map(({ Sns }) => ({
      subject: Sns.Subject ?? 'Foreprint',
      message: Sns.Message,
      incident: incidentOf(Sns.MessageAttributes['alert']?.Value),
    })),
  );

export type Notice = z.output<typeof notificationEventSchema>[number];

/** The incident of an alert; null for other alerts and for messages of other senders. */
function incidentOf(alert: string | undefined): z.output<typeof incident> | null {
  try {
    return z.object({ incident }).safeParse(JSON.parse(alert ?? 'null')).data?.incident ?? null;
  } catch {
    return null;
  }
}
