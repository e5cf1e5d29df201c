import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { eachLimited } from '#core/domain/each-limited.ts';
import { textOf } from './read-attribute.ts';
import { namedCall } from './table-error.ts';
import { itemKey, type DynamodbTable, type Item } from './table-schema.ts';

const CONCURRENT_DELETES = 16;

/**
 * Deletes items, identified by their keys. Items that no longer exist count as deleted.
 * @throws TableError: the first failure, after all other items were tried.
 */
export async function deleteItems(table: DynamodbTable, items: readonly Item[]): Promise<void> {
  const [failure] = await eachLimited(items, CONCURRENT_DELETES, async (item) => {
    const Key = itemKey(textOf(item, 'pk'), textOf(item, 'sk'));
    const call = table.client.send(new DeleteItemCommand({ TableName: table.table, Key }));
    await namedCall(table.table, 'deleting an item', call);
  });
  if (failure) throw failure.cause;
}
