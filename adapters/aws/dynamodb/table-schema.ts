import { createHash } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Names of the key attributes (both strings) and of the time-to-live attribute; the table's
 * definition uses them.
 */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
export const EXPIRY = 'expires';

/** Version of the items' layout, written into every item. */
export const FORMAT = 1;

export const DAY_SECONDS = 86_400;

/**
 * Number of partitions that a list of all applications is spread over. One partition accepts 1,000
 * small writes per second, and 10,000 groups are written within the same minute.
 */
export const LIST_SHARDS = 8;

/** List of the groups whose minimum was changed. */
export const FLOOR_LIST = 'floors';

/** A table and its client. All stores may share one table, because their keys differ. */
export interface DynamodbTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

export type Item = Record<string, AttributeValue>;

/** Partition of the list that contains the application: `${list}#0` to `${list}#7`. */
export function listPartition(list: string, applicationId: string): string {
  const [first = 0] = createHash('sha256').update(applicationId).digest();
  return `${list}#${first % LIST_SHARDS}`;
}

export function listPartitions(list: string): readonly string[] {
  return Array.from({ length: LIST_SHARDS }, (_, shard) => `${list}#${shard}`);
}

/** Key of an item. */
export function itemKey(partition: string, sort: string): Item {
  return { [PARTITION_KEY]: { S: partition }, [SORT_KEY]: { S: sort } };
}

/** The time-to-live attribute; empty if there is no retention. */
export function expiry(fromSeconds: number, retentionDays: number | null): Item {
  if (retentionDays === null) return {};
  return { [EXPIRY]: { N: String(Math.ceil(fromSeconds + retentionDays * DAY_SECONDS)) } };
}

/** An instant as a sort key: text order is time order. */
export function instantKey(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
