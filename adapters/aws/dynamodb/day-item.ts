import type { PointColumns } from '#adapters/time-grid/slot-means.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import { NO_POINTS, overlayPoints, pointAttributes, pointsOf } from './day-points.ts';
import { getItem } from './get-item.ts';
import { WriteContention } from './item-error.ts';
import { putItemIf } from './put-item.ts';
import { queryItems } from './query-items.ts';
import { numberOf, textOf } from './read-attribute.ts';
import { DAY_SECONDS, expiry, itemKey, type DynamodbTable, type Item } from './table-schema.ts';

/** An ingest and a back-fill may collide on a day; more attempts than this indicate a fault. */
const MAX_ATTEMPTS = 12;

export interface StoredDay {
  readonly dayStart: number;
  readonly columns: PointColumns;
  /** Number of writes so far. */
  readonly version: number;
}

export interface DayPoints {
  readonly applicationId: string;
  /** Unix seconds of midnight, UTC. */
  readonly dayStart: number;
  /** In the order of time, unique times, all within the day. */
  readonly points: readonly FootprintPoint[];
  /** The stored day, if the caller already read it. */
  readonly stored?: StoredDay | undefined;
}

export function dayStartOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;
}

/** Sort key of a day, for example "2026-11-24". */
export function dayName(dayStart: number): string {
  return new Date(dayStart * 1000).toISOString().slice(0, 10);
}

export function historyPartition(applicationId: string): string {
  return `history#${applicationId}`;
}

/**
 * Merges points into the item of their day. The write is conditional on the version that was read:
 * if another writer was faster, the item is read again, so no points are lost. Nothing is written
 * if no value changes.
 * @throws WriteContention if the item changed during every attempt.
 */
export async function mergeIntoDay(
  table: DynamodbTable,
  { applicationId, dayStart, points, stored: recentDay }: DayPoints,
  retentionDays: number | null,
): Promise<StoredDay> {
  const key = itemKey(historyPartition(applicationId), dayName(dayStart));
  for (let attempt = 1; ; attempt++) {
    const stored =
      attempt === 1 && recentDay ? recentDay : storedDay(await getItem(table, key), dayStart);
    const columns = overlayPoints(stored.columns, points);
    if (columns === stored.columns) return stored;
    const merged = { dayStart, columns, version: stored.version + 1 };
    const item = {
      ...key,
      ...expiry(dayStart + DAY_SECONDS, retentionDays),
      ...pointAttributes(columns, dayStart),
      version: { N: String(merged.version) },
    };
    if (await putItemIf(table, item, stored)) return merged;
    if (attempt === MAX_ATTEMPTS) {
      throw new WriteContention(
        `${historyPartition(applicationId)} / ${dayName(dayStart)}`,
        attempt,
      );
    }
  }
}

function storedDay(item: Item | null, dayStart: number): StoredDay {
  if (!item) return { dayStart, columns: NO_POINTS, version: 0 };
  return { dayStart, columns: pointsOf(item, dayStart), version: numberOf(item, 'version') };
}

/**
 * Reads the stored points of consecutive days, by start of day, in one call per megabyte.
 * @throws TableError, ItemFormatError
 */
export async function readDays(
  table: DynamodbTable,
  applicationId: string,
  dayStarts: readonly number[],
): Promise<ReadonlyMap<number, StoredDay>> {
  const items = await dayItems(table, applicationId, {
    fromSeconds: Math.min(...dayStarts),
    toSeconds: Math.max(...dayStarts),
  });
  const byName = new Map(items.map((item) => [textOf(item, 'sk'), item]));
  return new Map(
    dayStarts.map((dayStart) => [
      dayStart,
      storedDay(byName.get(dayName(dayStart)) ?? null, dayStart),
    ]),
  );
}

/**
 * The items of all days that overlap a range, its end included.
 * @throws TableError
 */
export function dayItems(
  table: DynamodbTable,
  applicationId: string,
  { fromSeconds, toSeconds }: TimeRange,
): Promise<readonly Item[]> {
  return queryItems(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': { S: historyPartition(applicationId) },
      ':from': { S: dayName(dayStartOf(fromSeconds)) },
      ':to': { S: dayName(dayStartOf(toSeconds)) },
    },
  });
}
