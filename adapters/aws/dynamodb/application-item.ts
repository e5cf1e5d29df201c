import type { ApplicationHistory } from '#core/ports.ts';
import { inferStepSeconds, STEP_SAMPLE } from '#adapters/points/infer-step-seconds.ts';
import { dayName, historyPartition, type StoredDay } from './day-item.ts';
import { getItem } from './get-item.ts';
import { summarizeNotes, writeNote, type Note } from './note.ts';
import { textOf } from './read-attribute.ts';
import { DAY_SECONDS, expiry, itemKey, listPartition } from './table-schema.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

export const APPLICATION_LIST = 'applications';

/** Months beyond the retention that one write clears away: an outage of a quarter leaves nothing behind. */
const FORGOTTEN_MONTHS = 3;

export interface DayNote {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly day: StoredDay;
  readonly retentionDays: number | null;
}

/**
 * Notes what a day holds: first in the item of its month, then what the month holds in the application's item. Both
 * stay small (a month's item is at most 1.4 kB, an application's 0.6 kB after 15 months), because each is written
 * with every append. Repeating it makes both right again after whatever interrupted it.
 * @throws TableError
 */
export async function noteDay(table: DynamodbTable, note: DayNote): Promise<void> {
  const { applicationId, applicationType, day, retentionDays } = note;
  const month = dayName(day.dayStart).slice(0, 7);
  const monthItem = await writeNote(table, {
    key: itemKey(historyPartition(applicationId), `month ${month}`),
    period: dayName(day.dayStart),
    note: noteOf(day),
    // A month is over 31 days after any of its days.
    ...(retentionDays !== null && {
      set: expiry(day.dayStart + 31 * DAY_SECONDS, retentionDays),
    }),
  });
  const summary = monthItem && summarizeNotes(monthItem);
  // Without a summary somebody has noted a later version of the day, and goes on to note the month.
  if (!summary) return;
  await writeNote(table, {
    key: applicationKey(applicationId),
    period: month,
    note: summary,
    ...(applicationType !== null && { set: { applicationType: { S: applicationType } } }),
    ...(retentionDays !== null && { forget: monthsBeyond(day.dayStart, retentionDays) }),
  });
}

function noteOf({ version, columns: { times } }: StoredDay): Note {
  return {
    version,
    points: times.length,
    first: times[0]!,
    last: times[times.length - 1]!,
    step: inferStepSeconds(times.subarray(Math.max(0, times.length - STEP_SAMPLE))),
  };
}

/** The months whose last day is out of the retention, newest first. */
function monthsBeyond(dayStart: number, retentionDays: number): readonly string[] {
  const oldest = new Date((dayStart - Math.ceil(retentionDays) * DAY_SECONDS) * 1000);
  const [year, month] = [oldest.getUTCFullYear(), oldest.getUTCMonth()];
  return Array.from({ length: FORGOTTEN_MONTHS }, (_, k) =>
    new Date(Date.UTC(year, month - 1 - k)).toISOString().slice(0, 7),
  );
}

function applicationKey(applicationId: string): Item {
  return itemKey(listPartition(APPLICATION_LIST, applicationId), applicationId);
}

/** The application's item, null if it has none. @throws TableError */
export function applicationItem(table: DynamodbTable, applicationId: string): Promise<Item | null> {
  return getItem(table, applicationKey(applicationId));
}

/**
 * What the item says of the application. Days that expired within a month that has not still count.
 * @throws ItemFormatError if it was written in another layout.
 */
export function historyOf(item: Item): ApplicationHistory {
  const summary = summarizeNotes(item);
  return {
    applicationId: textOf(item, 'sk'),
    applicationType: item['applicationType']?.S ?? null,
    stepSeconds: summary?.step ?? 0,
    firstSeconds: summary?.first ?? 0,
    lastSeconds: summary?.last ?? 0,
    points: summary?.points ?? 0,
  };
}
