import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Alert, Notifier } from '#core/domain/ports.ts';
import { alertText } from '#core/text/alert-text.ts';
import { chatMessage } from './sns/chat-message.ts';

export interface SnsNotifierOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
  /**
   * True if the HTTPS subscribers are chat channels of Amazon Q Developer, which need their own
   * message format.
   */
  readonly hasChat?: boolean;
  /** See `alertText`. Messages have no link without it. */
  readonly dashboardUrl?: string | undefined;
}

/** Most applications of a digest that its message attribute lists. */
const MAX_LISTED = 100;

/** An alert was not published to the topic. */
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
 * Publishes alerts as messages that people can read on a phone. The message attributes `kind`,
 * `application` and `alert` (JSON) let subscribers filter and process alerts without parsing the
 * text.
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
      const text = alertText(alert, dashboardUrl);
      const { subject, message } = text;
      const perProtocol = { default: message, https: chatMessage(text) };
      const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
      try {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject,
            ...(hasChat
              ? { Message: JSON.stringify(perProtocol), MessageStructure: 'json' }
              : { Message: message }),
            MessageAttributes: {
              kind: attribute(alert.kind),
              application: attribute(applicationOf(alert)),
              alert: attribute(JSON.stringify(dataOf(alert))),
            },
          }),
        );
      } catch (cause) {
        throw new NotificationError(topicArn, alert, cause);
      }
    },
  };
}

/**
 * Lists at most MAX_LISTED applications: thousands of incidents would exceed the size of a message.
 */
function dataOf(alert: Alert): unknown {
  if (alert.kind !== 'digest') return alert;
  return {
    ...alert,
    incidents: alert.incidents.map(({ applicationId }) => applicationId).slice(0, MAX_LISTED),
  };
}

function applicationOf(alert: Alert): string {
  if (alert.kind === 'digest') return `${alert.incidents.length} applications`;
  return 'incident' in alert ? alert.incident.applicationId : alert.applicationId;
}
