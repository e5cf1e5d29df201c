import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { namedCall } from './table-error.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

/**
 * One item as it is now (a consistent read), null if there is none.
 * @throws TableError
 */
export async function getItem({ client, table }: DynamodbTable, key: Item): Promise<Item | null> {
  const call = client.send(
    new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  return (await namedCall(table, 'reading an item', call)).Item ?? null;
}
