import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createTimestreamClients } from '#adapters/aws/timestream/create-timestream-clients.ts';
import { createTimestreamHistoryStore } from '#adapters/aws/timestream/timestream-history-store.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

interface SentRequest {
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers a client's requests just before they would leave this process; records host and
 * operation.
 */
function answerRequests(
  client: ReturnType<typeof createTimestreamClients>['write' | 'query'],
  sent: string[],
  answers: Readonly<Record<string, object>>,
): void {
  const answer = async ({ request }: { request: unknown }) => {
    const { hostname, headers } = request as SentRequest;
    const operation =
      String(headers['x-amz-target'] ?? headers['X-Amz-Target']).split('.')[1] ?? '';
    sent.push(`${operation} ${hostname}`);
    const body = Readable.from([JSON.stringify(answers[operation] ?? {})]);
    return { response: { statusCode: 200, headers: {}, body } };
  };
  client.middlewareStack.add(() => answer, { step: 'deserialize', priority: 'low' });
}

it('discovers the account’s cell once and sends all requests to it', async () => {
  const clients = createTimestreamClients(LOOPBACK_CREDENTIALS);
  const sent: string[] = [];
  const cell = (Address: string) => ({ Endpoints: [{ Address, CachePeriodInMinutes: 60 }] });
  answerRequests(clients.write, sent, { DescribeEndpoints: cell('ingest-cell2.example') });
  answerRequests(clients.query, sent, {
    DescribeEndpoints: cell('query-cell7.example'),
    Query: { QueryId: '1', Rows: [], ColumnInfo: [] },
  });
  const table = { ...clients, database: 'foreprint', table: 'history' };
  const store = createTimestreamHistoryStore({ ...table, nowMs: () => 1 });
  const footprint = { cpu: 1, memory: null, disk: null, network: null };
  const points = [{ timestampSeconds: 300, footprint }];
  for (let k = 0; k < 2; k++) {
    await store.append([{ applicationId: 'shop', applicationType: null, points }]);
    await store.applications();
  }
  expect(sent).toEqual([
    'DescribeEndpoints ingest.timestream.eu-central-1.amazonaws.com',
    'WriteRecords ingest-cell2.example',
    'DescribeEndpoints query.timestream.eu-central-1.amazonaws.com',
    'Query query-cell7.example',
    'WriteRecords ingest-cell2.example',
    'Query query-cell7.example',
  ]);
});
