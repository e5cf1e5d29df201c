import { mergeBatch } from '#adapters/time-grid/merge-batch.ts';
import { fillSlotMeans } from '#adapters/time-grid/slot-means.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import { eachLimited } from '#core/domain/each-limited.ts';
import type { FootprintPoint, FootprintWindow } from '#core/domain/footprint.ts';
import { HistoryWriteError, reasonOf } from '#core/domain/history-write-error.ts';
import type { ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';
import { APPLICATION_LIST, applicationItem, historyOf, noteDays } from './application-item.ts';
import { dayItems, dayStartOf, mergeIntoDay, readDays, type StoredDay } from './day-item.ts';
import { joinColumns, measuredPoints } from './day-points.ts';
import { partitionItems } from './query-items.ts';
import { textOf } from './read-attribute.ts';
import { readableItems, type OnUnreadable } from './readable-items.ts';
import { DAY_SECONDS, listPartitions, type DynamodbTable } from './table-schema.ts';

export interface DynamodbHistoryOptions extends DynamodbTable {
  /** Days after which points expire; null keeps them. */
  readonly retentionDays: number | null;
  /**
   * Called for applications that the list omits. Without it, one unreadable item makes the list
   * fail.
   */
  readonly onUnreadable?: OnUnreadable;
}

/** Applications written concurrently: fewer than the 50 sockets of the SDK's HTTP client. */
const CONCURRENT_APPLICATIONS = 16;
/** Days of one application written concurrently. */
const CONCURRENT_DAYS = 3;

/**
 * History in a DynamoDB table: one item per application and UTC day, and summaries per month and
 * per application. An append to one day takes four calls, an append to a week about twelve. Reading
 * a window takes one call per megabyte (about 100 full days).
 * @throws HistoryWriteError from `append` if some applications could not be stored; all others
 * were.
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
      const days = items.map((item) =>
        measuredPoints(item, Date.parse(`${textOf(item, 'sk')}T00:00:00Z`) / 1000),
      );
      for (const columns of splitsNoSlot(window) ? days : [joinColumns(days)]) {
        const { times } = columns;
        const first = times.findIndex((time) => time >= range.fromSeconds);
        const end = times.findLastIndex((time) => time < range.toSeconds) + 1;
        if (first >= 0) fillSlotMeans(window, columns, { first, end });
      }
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

/** Whether no slot of a window goes on after midnight, so that it can be filled day by day. */
function splitsNoSlot({ startSeconds, stepSeconds }: FootprintWindow): boolean {
  return DAY_SECONDS % stepSeconds === 0 && startSeconds % stepSeconds === 0;
}

/**
 * Stores the days concurrently, then records them in the summaries. Days that were stored are
 * recorded even if another day failed.
 */
async function appendApplication(
  options: DynamodbHistoryOptions,
  { applicationId, applicationType, points }: ApplicationPoints,
): Promise<void> {
  const { retentionDays } = options;
  const perDay = pointsPerDay(points);
  const storedDays = await readStoredDays(options, applicationId, [...perDay.keys()]);
  const stored: StoredDay[] = [];
  const failures = await eachLimited([...perDay], CONCURRENT_DAYS, async ([dayStart, ofDay]) => {
    const day = { applicationId, dayStart, points: ofDay, stored: storedDays.get(dayStart) };
    stored.push(await mergeIntoDay(options, day, retentionDays));
  });
  const days = stored.toSorted((a, b) => a.dayStart - b.dayStart);
  if (days.length > 0) {
    await noteDays(options, { applicationId, applicationType, days, retentionDays });
  }
  if (failures[0]) throw failures[0].cause;
}

/**
 * Reads consecutive days in one query. A single day, or days with gaps, are read one by one when
 * they are written.
 */
async function readStoredDays(
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
    const dayPoints = days.get(dayStart);
    if (dayPoints) dayPoints.push(point);
    else days.set(dayStart, [point]);
  }
  return days;
}
