import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { namedCall } from './table-error.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

export type ItemQuery = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'> & {
  /** Most items wanted; all of them unless told. */
  readonly limit?: number;
};

/** Items of one partition, all pages of them, read consistently: a store shows what it has just stored. @throws TableError */
export async function queryItems(
  { client, table }: DynamodbTable,
  { limit = Infinity, ...query }: ItemQuery,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const wanted = limit - items.length;
    if (wanted <= 0) break;
    const call = client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        ...query,
        ...(wanted < Infinity && { Limit: wanted }),
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    const page = await namedCall(table, 'a query', call);
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next);
  return items;
}

/** All items of one partition in the order of their sort keys. */
export function partitionItems(table: DynamodbTable, partition: string): Promise<readonly Item[]> {
  return queryItems(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
  });
}
