import type { FootprintPoint } from '#core/footprint.ts';
import type { ApplicationPoints, HistoryStore, TimeRange } from '#core/ports.ts';
import { mergeBatch } from '#adapters/points/merge-batch.ts';
import { fillSlotMeans, type PointColumns } from '#adapters/points/slot-means.ts';
import { emptyWindow } from '#adapters/points/window-slots.ts';
import { eachLimited } from '#adapters/aws/each-limited.ts';
import { HistoryWriteError, reasonOf } from '#adapters/aws/history-write-error.ts';
import { APPLICATION_LIST, applicationItem, historyOf, noteDay } from './application-item.ts';
import { dayName, dayStartOf, historyPartition, mergeIntoDay } from './day-item.ts';
import { joinColumns, pointsOf } from './day-points.ts';
import { partitionItems, queryItems } from './query-items.ts';
import { textOf } from './read-attribute.ts';
import { readableItems, type OnUnreadable } from './readable-items.ts';
import { listPartitions, type DynamodbTable } from './table-schema.ts';

export interface DynamodbHistoryOptions extends DynamodbTable {
  /** Days after which points expire; null keeps them. */
  readonly retentionDays: number | null;
  /** Told of applications that the list leaves out; without it one unreadable item fails the list. */
  readonly onUnreadable?: OnUnreadable;
}

/** Applications written at the same time: below the 50 sockets that a client keeps open. */
const CONCURRENT_APPLICATIONS = 16;

/**
 * History in a DynamoDB table: an item per application and UTC day, one per month and one per application that say what
 * there is. Appending to one day is four round trips, reading a window is one per megabyte (about 100 full days).
 * @throws HistoryWriteError from `append` if some applications could not be stored; the others were.
 */
export function createDynamodbHistoryStore(options: DynamodbHistoryOptions): HistoryStore {
  const location = `dynamodb:${options.table}`;
  return {
    location,

    async append(batch) {
      const merged = mergeBatch(batch).filter(({ points }) => points.length > 0);
      const failures = await eachLimited(merged, CONCURRENT_APPLICATIONS, (entry) =>
        appendApplication(options, entry),
      );
      if (failures.length === 0) return;
      const unstored = failures.map(({ item: { applicationId }, cause }) => ({
        applicationId,
        atSeconds: null,
        reason: reasonOf(cause),
        cause,
      }));
      throw new HistoryWriteError(location, unstored);
    },

    async read(applicationId, range, stepSeconds) {
      const window = emptyWindow(range, stepSeconds);
      const columns = await readDays(options, applicationId, range);
      const { times } = columns;
      const first = times.findIndex((time) => time >= range.fromSeconds);
      const end = times.findLastIndex((time) => time < range.toSeconds) + 1;
      if (first >= 0) fillSlotMeans(window, columns, { first, end });
      return window;
    },

    async application(applicationId) {
      const item = await applicationItem(options, applicationId);
      return item && historyOf(item);
    },

    async applications() {
      const pages = listPartitions(APPLICATION_LIST).map((list) => partitionItems(options, list));
      const items = (await Promise.all(pages)).flat();
      return readableItems(items, historyOf, options.onUnreadable).toSorted((a, b) =>
        a.applicationId < b.applicationId ? -1 : 1,
      );
    },
  };
}

async function appendApplication(
  options: DynamodbHistoryOptions,
  { applicationId, applicationType, points }: ApplicationPoints,
): Promise<void> {
  const { retentionDays } = options;
  for (const [dayStart, ofDay] of pointsPerDay(points)) {
    const stored = { applicationId, dayStart, points: ofDay };
    const day = await mergeIntoDay(options, stored, retentionDays);
    await noteDay(options, { applicationId, applicationType, day, retentionDays });
  }
}

function pointsPerDay(
  points: readonly FootprintPoint[],
): ReadonlyMap<number, readonly FootprintPoint[]> {
  const days = new Map<number, FootprintPoint[]>();
  for (const point of points) {
    const dayStart = dayStartOf(point.timestampSeconds);
    const known = days.get(dayStart);
    if (known) known.push(point);
    else days.set(dayStart, [point]);
  }
  return days;
}

/** All points of the days that the range touches. */
async function readDays(
  table: DynamodbTable,
  applicationId: string,
  { fromSeconds, toSeconds }: TimeRange,
): Promise<PointColumns> {
  const items = await queryItems(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': { S: historyPartition(applicationId) },
      ':from': { S: dayName(dayStartOf(fromSeconds)) },
      ':to': { S: dayName(dayStartOf(toSeconds)) },
    },
  });
  return joinColumns(
    items.map((item) => pointsOf(item, Date.parse(`${textOf(item, 'sk')}T00:00:00Z`) / 1000)),
  );
}
