import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Alert } from '#core/domain/ports.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { alertText } from '#core/text/alert-text.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { notificationEventSchema } from '#functions/events/notification-event.ts';
import { barGraph } from '#functions/notification/bar-graph.ts';
import { postToSlack } from '#functions/notification/post-to-slack.ts';
import { slackText } from '#functions/notification/slack-text.ts';
import { exampleDecision, exampleIncident } from '#test/adapters/contracts/example-profiles.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';
import { ALARM_EVENT, incidentEvent } from '#test/functions/events/example-events.ts';

const settings = DEFAULT_SETTINGS;
const STEP = settings.stepSeconds;
const START = 1_764_000_000;

describe('a bar graph', () => {
  test('has one scale for all lines and marks gaps', () => {
    expect(
      barGraph([
        [0, 7, NaN],
        [3.5, 7, 14],
      ]),
    ).toEqual(['▁▅·', '▃▅█']);
    expect(barGraph([[0, 0]])).toEqual(['▁▁']);
  });

  test('has a character for every value, including extreme ones', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        expect([...barGraph([values])[0]!]).toHaveLength(values.length);
      }),
    );
  });
});

async function shopHistory() {
  const ports = memoryPorts();
  const points = Array.from({ length: 30 }, (_, k) => ({
    timestampSeconds: START + (k - 24) * STEP,
    footprint: { cpu: k < 24 ? 1.5 : 9, memory: null, disk: null, network: null },
  }));
  await ports.history.append([{ applicationId: 'shop', applicationType: null, points }]);
  for (let k = 0; k < 30; k++) {
    await ports.profiles.logAllocation(exampleDecision('shop', START + (k - 24) * STEP, 2));
  }
  return ports;
}

test('an incident is posted with a graph of usage and forecast', async () => {
  const incident = exampleIncident(START, null);
  const event = incidentEvent({ kind: 'incident-opened', incident });
  const [notice] = notificationEventSchema.parse(event);
  const lines = (await slackText(await shopHistory(), notice!, settings)).split('\n');
  expect(lines.slice(0, 2)).toEqual([
    '*shop: CPU far above forecast*',
    'shop: CPU far above &lt;forecast&gt;',
  ]);
  expect(lines.slice(-3)).toEqual([
    `actual   ${'▂'.repeat(24)}${'█'.repeat(6)}${'·'.repeat(6)}`,
    // Every decision says what it expects an hour later.
    `forecast ${'·'.repeat(12)}${'▂'.repeat(24)}`,
    '```',
  ]);
});

describe('in the first hour after its first training', () => {
  const DAY = 86_400;
  const quick = {
    ...settings,
    resources: ['cpu'] as const,
    training: { ...settings.training, context: 288, horizon: 48, windowSeconds: 3 * DAY },
  };

  /** Four cores for days, then twenty since the incident; decisions for ten minutes before it. */
  async function trainedLately() {
    const ports = memoryPorts();
    const first = -(3 * DAY) / STEP;
    const points = Array.from({ length: 5 - first }, (_, k) => ({
      timestampSeconds: START + (first + k) * STEP,
      footprint: { cpu: first + k < 0 ? 4 : 20, memory: null, disk: null, network: null },
    }));
    await ports.history.append([{ applicationId: 'shop', applicationType: null, points }]);
    await trainApplication(ports, 'shop', START - 2 * STEP, quick);
    for (const step of [-2, -1]) {
      await ports.profiles.logAllocation(exampleDecision('shop', START + step * STEP, 2));
    }
    const [notice] = notificationEventSchema.parse(
      incidentEvent({ kind: 'incident-opened', incident: exampleIncident(START, null) }),
    );
    return { ports, notice: notice! };
  }

  test('an incident has a forecast from the model, and says so', async () => {
    const { ports, notice } = await trainedLately();
    const text = await slackText(ports, notice, quick);
    // On a scale to 20, both the model's 4 and the 1.5 of the two decisions are the second bar.
    expect(text).toContain(
      `actual   ${'▂'.repeat(24)}${'█'.repeat(5)}${'·'.repeat(7)}\nforecast ${'▂'.repeat(34)}▂▂`,
    );
    expect(text).toContain('34 of the 36 steps: calculated for this message');
  });

  test('logged expectations are shown if the model cannot be read', async () => {
    const { ports, notice } = await trainedLately();
    const forecasters = { get: () => Promise.reject(new Error('altered')) };
    const text = await slackText({ ...ports, forecasters }, notice, quick);
    expect(text).toContain(`forecast ${'·'.repeat(34)}▂▂\n\`\`\``);
    expect(text).not.toContain('calculated');
  });
});

test('a warning that became a page is posted with its link', async () => {
  const incident = exampleIncident(START, null);
  const alert: Alert = { kind: 'incident-escalated', incident };
  const [notice] = notificationEventSchema.parse(incidentEvent(alert));
  const { subject, message } = alertText(alert, 'https://fp.example/?a=1&b={application}');
  const text = await slackText(await shopHistory(), { ...notice!, subject, message }, settings);
  expect(text).toContain('shop: CPU far above forecast: it got worse');
  expect(text).toContain('\nPicture: https://fp.example/?a=1&amp;b=shop\n```\nactual');
});

test('an alarm is posted as text, not as JSON', async () => {
  const [notice] = notificationEventSchema.parse(ALARM_EVENT);
  const text = await slackText(memoryPorts(), notice!, settings);
  expect(text).toContain('the function ingest has not run for 15 minutes');
  expect(text).not.toContain('{');
});

describe('the webhook', () => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0).forEach((close) => close()));

  async function slack(status: number) {
    const posted: unknown[] = [];
    const server = createServer((message, response) => {
      void readBody(message).then((body) => {
        posted.push(JSON.parse(body.toString()));
        response.writeHead(status).end('ok');
      });
    });
    open.push(() => server.close());
    return { posted, webhook: `${await listen(server)}/services/T0/B0/secret` };
  }

  test('gets the text', async () => {
    const { posted, webhook } = await slack(200);
    await postToSlack(webhook, 'shop is hot');
    expect(posted).toEqual([{ text: 'shop is hot' }]);
  });

  test('is not repeated in errors, because it is a secret', async () => {
    const { webhook } = await slack(404);
    await expect(postToSlack(webhook, 'x')).rejects.toThrow(/^Slack answered 404$/);
    await expect(postToSlack('http://127.0.0.1:1/secret', 'x')).rejects.toThrow(
      /^Slack could not be reached: TypeError$/,
    );
  });
});
