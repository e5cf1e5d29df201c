import { APPLICATION_LIST } from './application-item.ts';
import { historyPartition } from './day-item.ts';
import { createDynamodbWatermarkStore } from './dynamodb-watermark-store.ts';
import { monitoringPartition } from './dynamodb-incident-store.ts';
import { logPartition, PROFILE_LIST } from './dynamodb-profile-store.ts';
import { deleteItems } from './delete-items.ts';
import { queryItems } from './query-items.ts';
import { listPartition, type DynamodbTable, type Item } from './table-schema.ts';

/**
 * Removes everything that the stores of this table hold of an application: history, profile, allocation log,
 * monitoring state, incidents and how far ingest has come. May be repeated after a failure.
 * @returns the number of items that were there.
 * @throws TableError, the first of them; the other items are removed all the same.
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
