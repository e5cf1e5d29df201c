import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { eachLimited } from '#adapters/aws/each-limited.ts';
import { APPLICATION_LIST } from './application-item.ts';
import { historyPartition } from './day-item.ts';
import { monitoringPartition } from './dynamodb-incident-store.ts';
import { logPartition, PROFILE_LIST } from './dynamodb-profile-store.ts';
import { queryItems } from './query-items.ts';
import { textOf } from './read-attribute.ts';
import { itemKey, listPartition, type DynamodbTable } from './table-schema.ts';

const CONCURRENT_DELETES = 16;

/**
 * Removes everything that the stores of this table hold of an application: history, profile, allocation log,
 * monitoring state and incidents. May be repeated after a failure.
 * @returns the number of items that were there.
 * @throws the first failure; the other items are removed all the same.
 */
export async function removeApplication(
  table: DynamodbTable,
  applicationId: string,
): Promise<number> {
  const whole = [historyPartition, logPartition, monitoringPartition].map((partition) =>
    keysOf(table, partition(applicationId)),
  );
  const listed = [APPLICATION_LIST, PROFILE_LIST].map((list) =>
    keysOf(table, listPartition(list, applicationId), applicationId),
  );
  const keys = (await Promise.all([...whole, ...listed])).flat();
  const [failure] = await eachLimited(keys, CONCURRENT_DELETES, async ([partition, sort]) => {
    const Key = itemKey(partition, sort);
    await table.client.send(new DeleteItemCommand({ TableName: table.table, Key }));
  });
  if (failure) throw failure.cause;
  return keys.length;
}

async function keysOf(
  table: DynamodbTable,
  partition: string,
  sort?: string,
): Promise<readonly (readonly [string, string])[]> {
  const items = await queryItems(table, {
    KeyConditionExpression: sort === undefined ? 'pk = :pk' : 'pk = :pk AND sk = :sk',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ...(sort !== undefined && { ':sk': { S: sort } }),
    },
    ProjectionExpression: 'pk, sk',
  });
  return items.map((item) => [partition, textOf(item, 'sk')] as const);
}
