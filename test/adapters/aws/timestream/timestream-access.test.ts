import { createServer } from 'node:http';
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { timestreamAccess } from '#adapters/aws/timestream/timestream-access.ts';
import { answerCommands } from '#test/emulators/answer-commands.ts';
import { listen } from '#test/emulators/listen.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

let answer: { readonly status: number; readonly body: object };
const server = createServer((_, response) => {
  response
    .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify(answer.body));
});
let client: TimestreamWriteClient;
beforeAll(async () => {
  client = new TimestreamWriteClient({ ...LOOPBACK_CREDENTIALS, endpoint: await listen(server) });
});
afterAll(() => {
  client.destroy();
  server.close();
});

const denied = (text: object) => ({
  status: 403,
  body: { __type: 'com.amazonaws.timestream.v20181101#AccessDeniedException', ...text },
});
/** What the service has answered to DescribeEndpoints and ListDatabases since 2025-06-20. */
const CLOSED =
  'Only existing Timestream for LiveAnalytics customers can access the service. ' +
  'Reach out to AWS support, for more information.';

it('distinguishes accounts with access to Timestream from those without', async () => {
  const Endpoints = [{ Address: 'cell', CachePeriodInMinutes: 1440 }];
  answer = { status: 200, body: { Endpoints } };
  expect(await timestreamAccess(client)).toBe('open');
  for (const text of [{ message: CLOSED }, { Message: CLOSED }]) {
    answer = denied(text);
    expect(await timestreamAccess(client)).toBe('closed');
  }
});

it('does not mistake a missing permission for a closed service', async () => {
  answer = denied({ message: 'x is not authorized to perform: timestream:DescribeEndpoints' });
  await expect(timestreamAccess(client)).rejects.toThrow('not authorized');
});

it('detects a region without Timestream', async () => {
  const lost = new TimestreamWriteClient(LOOPBACK_CREDENTIALS);
  answerCommands(lost, () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  });
  expect(await timestreamAccess(lost)).toBe('absent');
});
