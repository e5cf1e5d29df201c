import { APPLICATION_LIST } from './application-item.ts';
import { historyPartition } from './day-item.ts';
import { deleteItems } from './delete-items.ts';
import { monitoringPartition } from './dynamodb-incident-store.ts';
import { logPartition, PROFILE_LIST } from './dynamodb-profile-store.ts';
import { createDynamodbWatermarkStore } from './dynamodb-watermark-store.ts';
import { queryItems } from './query-items.ts';
import { FLOOR_LIST, listPartition, type DynamodbTable, type Item } from './table-schema.ts';

/**
 * Removes all stored items of an application: history, profile, allocation log, monitoring state,
 * incidents, watermark and what is remembered of its minimum. The call can be repeated after a failure.
 * @returns the number of items removed.
 * @throws TableError: the first failure, after all other items were tried.
 */
export async function removeApplication(
  table: DynamodbTable,
  applicationId: string,
): Promise<number> {
  const ownPartitions = [historyPartition, logPartition, monitoringPartition].map((partition) =>
    keysOf(table, partition(applicationId)),
  );
  const listEntries = [APPLICATION_LIST, PROFILE_LIST, FLOOR_LIST].map((list) =>
    keysOf(table, listPartition(list, applicationId), applicationId),
  );
  const keys = (await Promise.all([...ownPartitions, ...listEntries])).flat();
  await deleteItems(table, keys);
  await createDynamodbWatermarkStore(table).remove(applicationId);
  return keys.length;
}

function keysOf(table: DynamodbTable, partition: string, sort?: string): Promise<readonly Item[]> {
  return queryItems(table, {
    KeyConditionExpression: sort === undefined ? 'pk = :pk' : 'pk = :pk AND sk = :sk',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ...(sort !== undefined && { ':sk': { S: sort } }),
    },
    ProjectionExpression: 'pk, sk',
  });
}
