import { UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ApplicationHistory } from '#core/ports.ts';
import { inferStepSeconds, STEP_SAMPLE } from '#adapters/points/infer-step-seconds.ts';
import { dayName, type StoredDay } from './day-item.ts';
import { getItem } from './get-item.ts';
import { isConditionFailed, ItemFormatError } from './item-error.ts';
import { keyText, requireFormat, textOf } from './read-attribute.ts';
import { namedCall } from './table-error.ts';
import { DAY_SECONDS, FORMAT, itemKey, listPartition } from './table-schema.ts';
import type { DynamodbTable, Item } from './table-schema.ts';

export const APPLICATION_LIST = 'applications';

/** Days beyond the retention that one write clears away: an outage of a week leaves nothing behind. */
const CLEARED_DAYS = 7;

export interface DayNote {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly day: StoredDay;
  readonly retentionDays: number | null;
}

/**
 * Notes in the application's item what a day holds: an attribute per day, [version, points, first, last, step]. A note
 * of an older version of the day never replaces one of a newer version, and writing one again changes nothing, so the
 * item becomes right again with the next append after whatever interrupted this one. Needs no read.
 */
export async function noteDay(table: DynamodbTable, note: DayNote): Promise<void> {
  const { applicationId, applicationType, day, retentionDays } = note;
  const cleared = retentionDays === null ? [] : daysBeyond(day.dayStart, retentionDays);
  const remove = cleared.map((_, k) => `#old${k}`).join(', ');
  const names = Object.fromEntries(cleared.map((name, k) => [`#old${k}`, name]));
  const setType = applicationType === null ? '' : ', applicationType = :type';
  try {
    const call = table.client.send(
      new UpdateItemCommand({
        TableName: table.table,
        Key: itemKey(listPartition(APPLICATION_LIST, applicationId), applicationId),
        UpdateExpression: `SET #day = :note, #format = :format${setType}${remove && ` REMOVE ${remove}`}`,
        ConditionExpression: 'attribute_not_exists(#day) OR #day[0] <= :version',
        ExpressionAttributeNames: { ...names, '#day': noteName(day.dayStart), '#format': 'format' },
        ExpressionAttributeValues: {
          ':note': { L: noteOf(day).map(number) },
          ':version': number(day.version),
          ':format': number(FORMAT),
          ...(applicationType !== null && { ':type': { S: applicationType } }),
        },
      }),
    );
    await namedCall(table.table, 'updating an item', call);
  } catch (error) {
    // Somebody has noted a later version of the day, which holds these points too.
    if (!isConditionFailed(error)) throw error;
  }
}

function noteOf({ version, columns: { times } }: StoredDay): readonly number[] {
  const newest = times.subarray(Math.max(0, times.length - STEP_SAMPLE));
  return [version, times.length, times[0]!, times[times.length - 1]!, inferStepSeconds(newest)];
}

function noteName(dayStart: number): string {
  return `day ${dayName(dayStart)}`;
}

function daysBeyond(dayStart: number, retentionDays: number): readonly string[] {
  const last = dayStart - Math.ceil(retentionDays + 1) * DAY_SECONDS;
  return Array.from({ length: CLEARED_DAYS }, (_, k) => noteName(last - k * DAY_SECONDS));
}

/** The application's item, null if it has none. */
export function applicationItem(table: DynamodbTable, applicationId: string): Promise<Item | null> {
  return getItem(table, itemKey(listPartition(APPLICATION_LIST, applicationId), applicationId));
}

interface Note {
  readonly points: number;
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/**
 * What the item says of the application; its step is that of its newest day with more than one point.
 * @throws ItemFormatError if it was written in another layout.
 */
export function historyOf(item: Item): ApplicationHistory {
  requireFormat(item);
  const notes = Object.entries(item)
    .filter(([name]) => name.startsWith('day '))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => noteIn(value, item));
  const step = notes.findLast(({ points }) => points > 1)?.step;
  return {
    applicationId: textOf(item, 'sk'),
    applicationType: item['applicationType']?.S ?? null,
    stepSeconds: step ?? inferStepSeconds(notes.map(({ last }) => last)),
    firstSeconds: notes[0]?.first ?? 0,
    lastSeconds: notes.at(-1)?.last ?? 0,
    points: notes.reduce((sum, { points }) => sum + points, 0),
  };
}

function noteIn(value: AttributeValue, item: Item): Note {
  const [, points, first, last, step] = (value.L ?? []).map((part) => Number(part.N));
  if (points === undefined || first === undefined || last === undefined || step === undefined) {
    throw new ItemFormatError(keyText(item), 'a note of a day without its five numbers');
  }
  return { points, first, last, step };
}

function number(value: number): AttributeValue {
  return { N: String(value) };
}
