import { expect, test, vi } from 'vitest';

/** What a deployed function finds in its environment; no address of it answers. */
const ENVIRONMENT = {
  FOREPRINT_CONFIGURATION: JSON.stringify({ mode: 'full', historyDays: 30 }),
  FOREPRINT_SWITCH: 'switch',
  FOREPRINT_HISTORY: 'history',
  FOREPRINT_HISTORY_STORE: 'dynamodb',
  FOREPRINT_TABLE: 'state',
  FOREPRINT_MODELS_BUCKET: 'models',
  FOREPRINT_IDEMPOTENCY_TABLE: 'handled',
  FOREPRINT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:topic',
  FOREPRINT_TRAINING_QUEUE: 'http://127.0.0.1:9/queue',
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_TRACE_ENABLED: 'false',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

const context = { getRemainingTimeInMillis: () => 60_000 };

test.each(['allocate', 'monitor', 'ingest'])(
  '%s does nothing for a tick of two days ago, which would size groups by what was right then',
  async (name) => {
    for (const [key, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(key, value);
    const { handler } = (await import(`../../../functions/${name}.ts`)) as {
      handler: (event: unknown, context: unknown) => Promise<unknown>;
    };
    const time = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const tick = { 'detail-type': 'Scheduled Event', time };
    expect(await handler(tick, context)).toEqual({ stale: true });
    vi.unstubAllEnvs();
  },
);
