import { SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chatMessage } from '#adapters/aws/sns/chat-message.ts';
import { createSnsNotifier, NotificationError } from '#adapters/aws/sns-notifier.ts';
import type { Alert } from '#core/domain/ports.ts';
import { alertText } from '#core/text/alert-text.ts';
import { exampleIncident } from '#test/adapters/contracts/example-profiles.ts';
import { answerCommands, type SentCommand } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:foreprint';
const START = 1_795_539_900; // 2026-11-24T17:05:00Z

const DASHBOARD = 'https://eu-central-1.console.aws.amazon.com/#dashboards/dashboard/fp';

function open(
  answer: () => object = () => ({ MessageId: '1' }),
  hasChat = false,
  dashboardUrl?: string,
) {
  const client = new SNSClient(LOOPBACK_CREDENTIALS);
  const sent: SentCommand[] = [];
  answerCommands(client, (command) => {
    sent.push(command);
    return answer();
  });
  return { sent, notifier: createSnsNotifier({ client, topicArn: TOPIC, hasChat, dashboardUrl }) };
}

const memory = {
  ...exampleIncident(START, START + 1500),
  resource: 'memory',
  resources: ['memory'],
  peakActual: 9 * 2 ** 30,
  expected: 4 * 2 ** 30,
  lower: 3.5 * 2 ** 30,
  upper: 4.25 * 2 ** 30,
} as const;

it('publishes an incident as text, and as data in an attribute', async () => {
  const { sent, notifier } = open();
  const alert: Alert = { kind: 'incident-opened', incident: exampleIncident(START, null) };
  await notifier.publish(alert);
  expect(sent).toEqual([
    {
      name: 'PublishCommand',
      input: {
        TopicArn: TOPIC,
        Subject: 'PAGE shop: CPU far above forecast',
        Message: [
          'PAGE shop: CPU far above forecast',
          'Since 2026-11-24 17:05 UTC.',
          'Peak 9 cores, expected 4 cores (3 cores to 5 cores).',
          'Strange: far from the value before.',
          'The next allocations hold at least what is in use until this is over.',
        ].join('\n'),
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'incident-opened' },
          application: { DataType: 'String', StringValue: 'shop' },
          alert: { DataType: 'String', StringValue: JSON.stringify(alert) },
        },
      },
    },
  ]);
});

it('sends a chat channel its own format, and all other subscribers the text', async () => {
  const { sent, notifier } = open(undefined, true);
  await notifier.publish({ kind: 'incident-resolved', incident: memory });
  const { Message, MessageStructure } = sent[0]!.input;
  expect(MessageStructure).toBe('json');
  const { default: words, https } = JSON.parse(String(Message)) as Record<string, string>;
  expect(words).toMatch(/^shop: memory back to normal\n/);
  expect(JSON.parse(https!)).toEqual({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: 'shop: memory back to normal',
      description: expect.stringMatching(/^From .*\nPeak 9 GiB/),
    },
  });
});

it('publishes that a warning became a page, with a link to the dashboard', async () => {
  const { sent, notifier } = open(undefined, true, DASHBOARD);
  await notifier.publish({ kind: 'incident-escalated', incident: exampleIncident(START, null) });
  const { Subject, Message, MessageAttributes } = sent[0]!.input;
  expect(Subject).toBe('PAGE shop: CPU far above forecast: it got worse');
  expect(MessageAttributes).toMatchObject({ kind: { StringValue: 'incident-escalated' } });
  const { default: words, https } = JSON.parse(String(Message)) as Record<string, string>;
  expect(words!.split('\n').at(-1)).toBe(`Picture: ${DASHBOARD}`);
  const chat = JSON.parse(https!) as { content: { title: string; description: string } };
  expect(chat.content.title).toBe(Subject);
  expect(chat.content.description.split('\n').at(-1)).toBe(`Picture: ${DASHBOARD}`);
});

it('cannot be made to call a whole channel by the name of a group', () => {
  const text = { subject: '<!channel> & co', message: 'x\n<@U123> <!here>' };
  const { content } = JSON.parse(chatMessage(text)) as { content: Record<string, string> };
  expect(content['title']).toBe('&lt;!channel&gt; &amp; co');
  expect(content['description']).toBe('&lt;@U123&gt; &lt;!here&gt;');
});

it('writes bytes in binary units, and start and end of a resolved incident', () => {
  expect(alertText({ kind: 'incident-resolved', incident: memory }).message).toBe(
    [
      'shop: memory back to normal',
      'From 2026-11-24 17:05 UTC to 2026-11-24 17:30 UTC.',
      'Peak 9 GiB, expected 4 GiB (3.5 GiB to 4.25 GiB).',
      'What the incident added to the allocation is withdrawn.',
    ].join('\n'),
  );
});

it('states how little of an allocation is used', () => {
  const alert = {
    kind: 'over-allocation',
    applicationId: 'shop',
    atSeconds: START,
    utilization: 0.123,
  } as const;
  expect(alertText(alert).subject).toBe('shop: only 12 % of the allocation in use');
});

it('keeps every subject within the limits of SNS, for any application name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 255 }), (applicationId) => {
      const incident = { ...memory, applicationId };
      const { subject } = alertText({ kind: 'incident-opened', incident });
      expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
    }),
  );
});

it('names the alert that was not published, with the reason', async () => {
  const { notifier } = open(() => {
    throw new SNSServiceException({
      name: 'AuthorizationError',
      message: 'no',
      $fault: 'client',
      $metadata: {},
    });
  });
  const publish = notifier.publish({ kind: 'incident-opened', incident: memory });
  await expect(publish).rejects.toThrow(NotificationError);
  await expect(publish).rejects.toThrow(
    `incident-opened of shop did not reach ${TOPIC}: AuthorizationError: no`,
  );
});
