import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { alertText } from '#core/text/alert-text.ts';
import type { Alert, Notifier } from '#core/domain/ports.ts';
import { chatMessage } from './sns/chat-message.ts';

export interface SnsNotifierOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Whether HTTPS subscribers are chat channels of Amazon Q Developer, which read a form of their own. */
  readonly hasChat?: boolean;
  /** See `alertText`; absent: messages have no link. */
  readonly dashboardUrl?: string | undefined;
}

/** Applications of a digest that its data name. */
const LISTED = 100;

/** An alert did not reach the topic. */
export class NotificationError extends Error {
  readonly alert: Alert;

  constructor(topicArn: string, alert: Alert, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`${alert.kind} of ${applicationOf(alert)} did not reach ${topicArn}: ${reason}`, {
      cause,
    });
    this.name = 'NotificationError';
    this.alert = alert;
  }
}

/**
 * Alerts as messages people can read on a phone. The attributes `kind`, `application` and `alert` (JSON) let
 * subscribers filter and draw without parsing the words.
 * @throws NotificationError from `publish`.
 */
export function createSnsNotifier({
  client,
  topicArn,
  hasChat = false,
  dashboardUrl,
}: SnsNotifierOptions): Notifier {
  return {
    async publish(alert) {
      const words = alertText(alert, dashboardUrl);
      const { subject, message } = words;
      const perProtocol = { default: message, https: chatMessage(words) };
      const text = (StringValue: string) => ({ DataType: 'String', StringValue });
      try {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject,
            ...(hasChat
              ? { Message: JSON.stringify(perProtocol), MessageStructure: 'json' }
              : { Message: message }),
            MessageAttributes: {
              kind: text(alert.kind),
              application: text(applicationOf(alert)),
              alert: text(JSON.stringify(dataOf(alert))),
            },
          }),
        );
      } catch (cause) {
        throw new NotificationError(topicArn, alert, cause);
      }
    },
  };
}

/** A digest of thousands of incidents would be more than a message may hold. */
function dataOf(alert: Alert): unknown {
  if (alert.kind !== 'digest') return alert;
  return {
    ...alert,
    incidents: alert.incidents.map(({ applicationId }) => applicationId).slice(0, LISTED),
  };
}

function applicationOf(alert: Alert): string {
  if (alert.kind === 'digest') return `${alert.incidents.length} applications`;
  return 'incident' in alert ? alert.incident.applicationId : alert.applicationId;
}
