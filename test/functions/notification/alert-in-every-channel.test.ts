import { SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { alertLine } from '#cli/presenters/monitoring-lines.ts';
import type { Alert } from '#core/domain/ports.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { notificationEventSchema } from '#functions/events/notification-event.ts';
import { slackText } from '#functions/notification/slack-text.ts';
import { exampleIncident } from '#test/adapters/contracts/example-profiles.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { answerCommands, type SentCommand } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';
import { incidentEvent } from '#test/functions/events/example-events.ts';

const STEP = 300;
const START = Date.UTC(2026, 10, 24, 17, 5) / 1000;
const PICTURE = 'https://fp.example/{application}';
const incident = exampleIncident(START, null);
const others = ['pay', 'cart', 'search'].map((applicationId) => ({ ...incident, applicationId }));

const ALERTS: readonly Alert[] = [
  { kind: 'incident-opened', incident },
  { kind: 'incident-escalated', incident },
  { kind: 'incident-resolved', incident: exampleIncident(START, START + 3600) },
  { kind: 'digest', atSeconds: START, incidents: others },
  { kind: 'over-allocation', applicationId: 'shop', atSeconds: START, utilization: 0.2 },
];

/** Half an hour before and after the incident's start. */
async function shopPorts() {
  const ports = memoryPorts();
  const points = Array.from({ length: 12 }, (_, k) => ({
    timestampSeconds: START + (k - 6) * STEP,
    footprint: { cpu: k < 6 ? 4 : 9, memory: null, disk: null, network: null },
  }));
  await ports.history.append([{ applicationId: 'shop', applicationType: null, points }]);
  return ports;
}

/** What subscribers by e-mail get, Slack by the webhook, and a person at the console. */
async function inEveryChannel(alert: Alert): Promise<string> {
  const sent: SentCommand[] = [];
  const client = new SNSClient(LOOPBACK_CREDENTIALS);
  answerCommands(client, (command) => {
    sent.push(command);
    return { MessageId: '1' };
  });
  const topicArn = 'arn:aws:sns:eu-central-1:123456789012:foreprint';
  await createSnsNotifier({ client, topicArn, dashboardUrl: PICTURE }).publish(alert);
  const { Subject, Message } = sent[0]!.input as { Subject: string; Message: string };
  const [notice] = notificationEventSchema.parse(incidentEvent(alert));
  const words = { ...notice!, subject: Subject, message: Message };
  const slack = await slackText(await shopPorts(), words, DEFAULT_SETTINGS);
  return [
    `--- e-mail: ${Subject}`,
    Message,
    '--- Slack',
    slack,
    '--- console',
    alertLine(alert, PICTURE),
  ].join('\n');
}

test.each(ALERTS)('shows $kind by e-mail, in Slack and on the console', async (alert) => {
  expect(await inEveryChannel(alert)).toMatchSnapshot();
});
