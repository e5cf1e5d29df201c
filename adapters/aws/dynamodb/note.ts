import { UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { inferStepSeconds } from '#adapters/points/infer-step-seconds.ts';
import { isConditionFailed, ItemFormatError } from './item-error.ts';
import { keyText, requireFormat } from './read-attribute.ts';
import { namedCall } from './table-error.ts';
import { FORMAT, type DynamodbTable, type Item } from './table-schema.ts';

/** What a day or a month of an application holds; one attribute of an item, [version, points, first, last, step]. */
export interface Note {
  /** Grows with every change of what the note is about. */
  readonly version: number;
  readonly points: number;
  /** Start of the first and of the last step with a point, Unix seconds. */
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

export interface NoteUpdate {
  readonly key: Item;
  /** Day or month, for example "2026-11-24" or "2026-11". */
  readonly period: string;
  readonly note: Note;
  /** Other attributes to be set with it, and periods to be forgotten. */
  readonly set?: Item;
  readonly forget?: readonly string[];
}

const PREFIX = 'in ';

/**
 * Writes a note into an item without reading it first. A note never replaces one of a newer version, and writing it
 * again changes nothing.
 * @returns the whole item as it is then; null where a newer note stands, which includes what this one says.
 * @throws TableError
 */
export async function writeNote(
  { client, table }: DynamodbTable,
  { key, period, note, set = {}, forget = [] }: NoteUpdate,
): Promise<Item | null> {
  const others = Object.entries({ ...set, format: number(FORMAT) });
  const call = client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression:
        `SET #note = :note${others.map((_, k) => `, #set${k} = :set${k}`).join('')}` +
        (forget.length > 0 ? ` REMOVE ${forget.map((_, k) => `#old${k}`).join(', ')}` : ''),
      ConditionExpression: 'attribute_not_exists(#note) OR #note[0] <= :version',
      ExpressionAttributeNames: {
        '#note': PREFIX + period,
        ...Object.fromEntries(others.map(([name], k) => [`#set${k}`, name])),
        ...Object.fromEntries(forget.map((old, k) => [`#old${k}`, PREFIX + old])),
      },
      ExpressionAttributeValues: {
        ':note': { L: [note.version, note.points, note.first, note.last, note.step].map(number) },
        ':version': number(note.version),
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

/**
 * All notes of an item taken together, null if it has none. Its version is the sum of theirs, which grows as any of
 * them does; its step that of the newest period with more than one point.
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
