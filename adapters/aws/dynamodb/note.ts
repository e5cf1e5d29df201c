import { UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { inferStepSeconds } from '#adapters/time-grid/infer-step-seconds.ts';
import { isConditionFailed, ItemFormatError } from './item-error.ts';
import { keyText, requireFormat } from './read-attribute.ts';
import { namedCall } from './table-error.ts';
import { FORMAT, type DynamodbTable, type Item } from './table-schema.ts';

/**
 * Summary of one day or month of an application. Stored as one attribute of an item: [version,
 * points, first, last, step].
 */
export interface Note {
  /** Grows with every change of the summarized points. */
  readonly version: number;
  readonly points: number;
  /** Start of the first and of the last step with a point, Unix seconds. */
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

export interface NoteUpdate {
  readonly key: Item;
  /** By day or month, for example "2026-11-24" or "2026-11"; at most the days of one month. */
  readonly notes: ReadonlyMap<string, Note>;
  /** Other attributes to set, and periods whose notes are removed. */
  readonly set?: Item;
  readonly forget?: readonly string[];
}

const PREFIX = 'in ';

/**
 * Writes notes into an item without reading it first, all of them or none. A note never replaces a
 * note of a newer version. Writing a note again changes nothing.
 * @returns the whole item after the write, or null if the item already has a newer version of a
 * note.
 * @throws TableError
 */
export async function writeNotes(
  { client, table }: DynamodbTable,
  { key, notes, set = {}, forget = [] }: NoteUpdate,
): Promise<Item | null> {
  const others = Object.entries({ ...set, format: number(FORMAT) });
  const periods = [...notes.keys()];
  const forgotten = forget.filter((period) => !notes.has(period));
  const sets = [
    ...periods.map((_, k) => `#note${k} = :note${k}`),
    ...others.map((_, k) => `#set${k} = :set${k}`),
  ];
  const isNotNewer = (k: number) =>
    `(attribute_not_exists(#note${k}) OR #note${k}[0] <= :version${k})`;
  const call = client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression:
        `SET ${sets.join(', ')}` +
        (forgotten.length > 0 ? ` REMOVE ${forgotten.map((_, k) => `#old${k}`).join(', ')}` : ''),
      ConditionExpression: periods.map((_, k) => isNotNewer(k)).join(' AND '),
      ExpressionAttributeNames: {
        ...Object.fromEntries(periods.map((period, k) => [`#note${k}`, PREFIX + period])),
        ...Object.fromEntries(others.map(([name], k) => [`#set${k}`, name])),
        ...Object.fromEntries(forgotten.map((old, k) => [`#old${k}`, PREFIX + old])),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries([...notes.values()].flatMap(noteValues)),
        ...Object.fromEntries(others.map(([, value], k) => [`:set${k}`, value])),
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
  try {
    return (await namedCall(table, 'updating an item', call)).Attributes ?? null;
  } catch (error) {
    if (isConditionFailed(error)) return null;
    throw error;
  }
}

function noteValues(note: Note, k: number): readonly [string, AttributeValue][] {
  const { version, points, first, last, step } = note;
  return [
    [`:note${k}`, { L: [version, points, first, last, step].map(number) }],
    [`:version${k}`, number(version)],
  ];
}

/**
 * Combines all notes of an item, null if it has none. The version is the sum of the notes'
 * versions, because it grows whenever one of them grows. The step is that of the newest period with
 * more than one point.
 * @throws ItemFormatError if the item was written in another layout.
 */
export function summarizeNotes(item: Item): Note | null {
  requireFormat(item);
  const notes = Object.entries(item)
    .filter(([name]) => name.startsWith(PREFIX))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => noteIn(value, item));
  const [oldest, newest] = [notes[0], notes.at(-1)];
  if (!oldest || !newest) return null;
  const step = notes.findLast(({ points }) => points > 1)?.step;
  return {
    version: notes.reduce((sum, { version }) => sum + version, 0),
    points: notes.reduce((sum, { points }) => sum + points, 0),
    first: oldest.first,
    last: newest.last,
    step: step ?? inferStepSeconds(notes.map(({ last }) => last)),
  };
}

function noteIn(value: AttributeValue, item: Item): Note {
  const numbers = (value.L ?? []).map((part) => Number(part.N));
  const [version = NaN, points = NaN, first = NaN, last = NaN, step = NaN] = numbers;
  if (numbers.length !== 5 || numbers.some(Number.isNaN)) {
    throw new ItemFormatError(keyText(item), 'a note without its five numbers');
  }
  return { version, points, first, last, step };
}

function number(value: number): AttributeValue {
  return { N: String(value) };
}
