import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';
import { mergeBatch } from '#adapters/time-grid/merge-batch.ts';
import { fillSlotMeans } from '#adapters/time-grid/slot-means.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import { eachLimited } from '#adapters/aws/each-limited.ts';
import { HistoryWriteError, reasonOf } from '#adapters/aws/history-write-error.ts';
import { APPLICATION_LIST, applicationItem, historyOf, noteDays } from './application-item.ts';
import { dayItems, dayStartOf, mergeIntoDay, readDays, type StoredDay } from './day-item.ts';
import { joinColumns, pointsOf } from './day-points.ts';
import { partitionItems } from './query-items.ts';
import { textOf } from './read-attribute.ts';
import { readableItems, type OnUnreadable } from './readable-items.ts';
import { DAY_SECONDS, listPartitions, type DynamodbTable } from './table-schema.ts';

export interface DynamodbHistoryOptions extends DynamodbTable {
  /** Days after which points expire; null keeps them. */
  readonly retentionDays: number | null;
  /** Told of applications that the list leaves out; without it one unreadable item fails the list. */
  readonly onUnreadable?: OnUnreadable;
}

/** Applications written at the same time: below the 50 sockets that a client keeps open. */
const CONCURRENT_APPLICATIONS = 16;
/** Days of an application written at the same time. */
const CONCURRENT_DAYS = 3;

/**
 * History in a DynamoDB table: an item per application and UTC day, one per month and one per application that say what
 * there is. Appending to one day is four round trips, to a week about twelve, reading a window is one per megabyte (about 100 full days).
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
      const items = await dayItems(options, applicationId, range);
      const columns = joinColumns(
        items.map((item) => pointsOf(item, Date.parse(`${textOf(item, 'sk')}T00:00:00Z`) / 1000)),
      );
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

/** Days are stored side by side and then noted all at once; those that are stored are noted even where one is not. */
async function appendApplication(
  options: DynamodbHistoryOptions,
  { applicationId, applicationType, points }: ApplicationPoints,
): Promise<void> {
  const { retentionDays } = options;
  const perDay = pointsPerDay(points);
  const known = await knownDays(options, applicationId, [...perDay.keys()]);
  const stored: StoredDay[] = [];
  const failures = await eachLimited([...perDay], CONCURRENT_DAYS, async ([dayStart, ofDay]) => {
    const day = { applicationId, dayStart, points: ofDay, stored: known.get(dayStart) };
    stored.push(await mergeIntoDay(options, day, retentionDays));
  });
  const days = stored.toSorted((a, b) => a.dayStart - b.dayStart);
  if (days.length > 0) {
    await noteDays(options, { applicationId, applicationType, days, retentionDays });
  }
  if (failures[0]) throw failures[0].cause;
}

/** Days without a gap are read together; others, and a single one, each by itself as it is written. */
async function knownDays(
  table: DynamodbTable,
  applicationId: string,
  dayStarts: readonly number[],
): Promise<ReadonlyMap<number, StoredDay>> {
  const span = dayStarts.at(-1)! - dayStarts[0]!;
  const isDense = span === (dayStarts.length - 1) * DAY_SECONDS;
  if (dayStarts.length === 1 || !isDense) return new Map();
  return readDays(table, applicationId, dayStarts);
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
