import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { DynamodbTable } from '#adapters/aws/dynamodb/table-schema.ts';
import { LOOPBACK_CREDENTIALS } from './loopback-credentials.ts';
import { serveDynamodb } from './serve-dynamodb.ts';
import type { Served } from './served.ts';

/**
 * Starts dynalite before the tests of this file; the function it gives makes a table of its own.
 */
export function openDynamodb(): () => Promise<DynamodbTable> {
  let server: Served;
  let client: DynamoDBClient;
  let tables = 0;
  beforeAll(async () => {
    server = await serveDynamodb();
    const { endpoint } = server;
    client = new DynamoDBClient({ ...LOOPBACK_CREDENTIALS, endpoint, maxAttempts: 1 });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });
  return async () => {
    const table = `foreprint-${tables++}`;
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    await untilActive(client, table);
    return { client, table };
  };
}

/** The SDK's own waiter looks once a second at most. */
async function untilActive(client: DynamoDBClient, table: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(2);
  }
}
