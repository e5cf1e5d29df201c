import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { namedCall } from './table-error.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

export type ItemQuery = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'> & {
  /** Most items to return, all by default. */
  readonly limit?: number;
};

/**
 * Items of one partition, all pages, with consistent reads: a store returns what it has just
 * stored.
 * @throws TableError
 */
export async function queryItems(
  { client, table }: DynamodbTable,
  { limit = Infinity, ...query }: ItemQuery,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const remaining = limit - items.length;
    if (remaining <= 0) break;
    const call = client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        ...query,
        ...(remaining < Infinity && { Limit: remaining }),
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    const page = await namedCall(table, 'a query', call);
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next);
  return items;
}

/** All items of one partition, sorted by sort key. */
export function partitionItems(table: DynamodbTable, partition: string): Promise<readonly Item[]> {
  return queryItems(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
  });
}
