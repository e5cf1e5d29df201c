import { inferStepSeconds, STEP_SAMPLE } from '#adapters/time-grid/infer-step-seconds.ts';
import type { ApplicationHistory } from '#core/domain/ports.ts';
import { dayName, historyPartition, type StoredDay } from './day-item.ts';
import { getItem } from './get-item.ts';
import { summarizeNotes, writeNotes, type Note, type NoteUpdate } from './note.ts';
import { textOf } from './read-attribute.ts';
import { DAY_SECONDS, expiry, itemKey, listPartition } from './table-schema.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

export const APPLICATION_LIST = 'applications';

/** Expired months that one write removes from the item: enough after an outage of three months. */
const FORGOTTEN_MONTHS = 3;

export interface DayNotes {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** At least one day, in the order of time. */
  readonly days: readonly StoredDay[];
  readonly retentionDays: number | null;
}

/**
 * Records what the days contain: first in the items of their months, then the months' summaries in
 * the application's item. Every append writes these items, so they stay small. Repeating the call
 * repairs both items after an interruption.
 * @throws TableError
 */
export async function noteDays(table: DynamodbTable, noted: DayNotes): Promise<void> {
  const months = new Set(noted.days.map(({ dayStart }) => monthOf(dayStart)));
  const summaries = new Map<string, Note>();
  for (const month of months) {
    const days = noted.days.filter(({ dayStart }) => monthOf(dayStart) === month);
    const summary = await noteInMonth(table, { ...noted, days });
    // No summary: a concurrent writer recorded later versions of all days and also records the
    // month.
    if (summary) summaries.set(month, summary);
  }
  if (summaries.size === 0) return;
  const { applicationId, applicationType, days, retentionDays } = noted;
  const update = {
    key: applicationKey(applicationId),
    ...(applicationType !== null && { set: { applicationType: { S: applicationType } } }),
    ...(retentionDays !== null && { forget: monthsBeyond(days.at(-1)!.dayStart, retentionDays) }),
  };
  await writeEach(table, { ...update, notes: summaries });
}

/**
 * Records the days of one month. Returns the month's summary, or null if a concurrent writer has
 * recorded later versions of all its days.
 */
async function noteInMonth(
  table: DynamodbTable,
  { applicationId, days, retentionDays }: DayNotes,
): Promise<Note | null> {
  const newest = days.at(-1)!.dayStart;
  const item = await writeEach(table, {
    key: itemKey(historyPartition(applicationId), `month ${monthOf(newest)}`),
    notes: new Map(days.map((day) => [dayName(day.dayStart), noteOf(day)])),
    // A month ends at most 31 days after any of its days.
    ...(retentionDays !== null && { set: expiry(newest + 31 * DAY_SECONDS, retentionDays) }),
  });
  return item && summarizeNotes(item);
}

/** Writes all notes in one call, or one by one if the item contains a newer one. */
async function writeEach(table: DynamodbTable, update: NoteUpdate): Promise<Item | null> {
  const item = await writeNotes(table, update);
  if (item || update.notes.size === 1) return item;
  let last: Item | null = null;
  for (const one of update.notes) {
    last = (await writeNotes(table, { ...update, notes: new Map([one]) })) ?? last;
  }
  return last;
}

function monthOf(dayStart: number): string {
  return dayName(dayStart).slice(0, 7);
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

/** The months whose last day is older than the retention, newest first. */
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

/**
 * The application's item, null if there is none.
 * @throws TableError
 */
export function applicationItem(table: DynamodbTable, applicationId: string): Promise<Item | null> {
  return getItem(table, applicationKey(applicationId));
}

/**
 * Summary of an application's history. Expired days still count until their whole month expires.
 * @throws ItemFormatError if the item was written in another layout.
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
