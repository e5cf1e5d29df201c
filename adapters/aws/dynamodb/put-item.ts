import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isConditionFailed } from './item-error.ts';
import { namedCall } from './table-error.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

/** Version that an item must have to be replaced; 0 means that no item may exist. */
export interface Expected {
  readonly version: number;
}

/**
 * Writes one item unconditionally.
 * @returns the replaced item, null if there was none.
 * @throws TableError
 */
export async function putItem({ client, table }: DynamodbTable, item: Item): Promise<Item | null> {
  const call = client.send(
    new PutItemCommand({ TableName: table, Item: item, ReturnValues: 'ALL_OLD' }),
  );
  return (await namedCall(table, 'writing an item', call)).Attributes ?? null;
}

/**
 * Writes one item if the stored item has the expected attribute `version`.
 * @returns false without a change if it does not.
 * @throws TableError
 */
export async function putItemIf(
  { client, table }: DynamodbTable,
  item: Item,
  { version }: Expected,
): Promise<boolean> {
  const call = client.send(
    new PutItemCommand({
      TableName: table,
      Item: item,
      ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :expected',
      ...(version !== 0 && {
        ExpressionAttributeValues: { ':expected': { N: String(version) } },
      }),
    }),
  );
  try {
    await namedCall(table, 'writing an item', call);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
