import { createServer } from 'node:http';
import { GetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { CALL_LIMITS, GROUP_MS } from '#functions/wiring/call-limits.ts';
import { listen } from '#test/emulators/listen.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

const silent = createServer(() => undefined);
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

test('a service that never answers gives an error after the configured attempts', async () => {
  const endpoint = await listen(silent);
  const requestHandler = { ...CALL_LIMITS.requestHandler, requestTimeout: 30 };
  const client = new DynamoDBClient({
    ...LOOPBACK_CREDENTIALS,
    ...CALL_LIMITS,
    maxAttempts: 2,
    requestHandler,
    endpoint,
  });
  const error = await client
    .send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'a' } } }))
    .catch((reason: unknown) => reason);
  // A busy machine may give a request up before the service has seen it, so attempts count.
  expect(error).toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 2 } });
  client.destroy();
});

test('a group is not begun when a call without an answer would outlast the function', () => {
  const { maxAttempts, requestHandler } = CALL_LIMITS;
  expect(GROUP_MS).toBeGreaterThan(maxAttempts * requestHandler.requestTimeout);
});

test('all attempts of a call fit into the time of a lifecycle hook after a decision', () => {
  const { maxAttempts, requestHandler } = CALL_LIMITS;
  const longestMs =
    maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout);
  // 300 s of the hook, 30 s of the decision, and up to 20 s between two attempts.
  expect(longestMs).toBeLessThan(300_000 - 30_000 - (maxAttempts - 1) * 20_000);
});
