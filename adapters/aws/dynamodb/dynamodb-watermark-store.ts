import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { WatermarkStore } from '#core/domain/ports.ts';
import { mergeWatermarks, type Watermark } from '#core/domain/watermark.ts';
import { documentAttributes, documentOf } from './document-body.ts';
import { getItem } from './get-item.ts';
import { WriteContention } from './item-error.ts';
import { putItemIf } from './put-item.ts';
import { numberOf, textOf } from './read-attribute.ts';
import { namedCall, TableError } from './table-error.ts';
import { DAY_SECONDS, itemKey, type DynamodbTable, type Item } from './table-schema.ts';

/**
 * Number of items that hold all watermarks. A compressed watermark takes about 20 bytes, so 10,000
 * groups take 16 items of 13 kB, which is cheaper to write than 10,000 items. The item limit of 400
 * kB is reached at about 300,000 groups.
 */
const SHARDS = 16;
const SORT = 'watermarks';
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 50;
/**
 * Age after which a watermark is dropped: CloudWatch no longer has five-minute points from where it
 * stopped.
 */
export const FORGOTTEN_SECONDS = 63 * DAY_SECONDS;

interface Shard {
  readonly version: number;
  readonly marks: Readonly<Record<string, Watermark>>;
}

type Change = (marks: Readonly<Record<string, Watermark>>) => Readonly<Record<string, Watermark>>;

/**
 * Watermarks in a DynamoDB table. A read is one call; a save is one call per changed item. If
 * another writer has changed an item, it is read again and merged.
 * @throws TableError from all methods, WriteContention from `save` and `remove`.
 */
export function createDynamodbWatermarkStore(table: DynamodbTable): WatermarkStore {
  const shards = new Map<number, Shard>();

  async function change(index: number, apply: Change): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const shard = shards.get(index) ?? (await readShard(table, index));
      const next = { version: shard.version + 1, marks: apply(shard.marks) };
      const item = {
        ...shardKey(index),
        ...documentAttributes(next.marks),
        version: { N: String(next.version) },
      };
      if (await putItemIf(table, item, shard)) return void shards.set(index, next);
      shards.delete(index);
    }
    throw new WriteContention(partitionOf(index), MAX_ATTEMPTS);
  }

  return {
    async read() {
      const items = await readAll(table);
      const marks = new Map<string, Watermark>();
      shards.clear();
      for (let index = 0; index < SHARDS; index++) {
        const item = items.find((one) => textOf(one, 'pk') === partitionOf(index));
        const shard = item ? shardOf(item) : { version: 0, marks: {} };
        shards.set(index, shard);
        for (const [id, mark] of Object.entries(shard.marks)) marks.set(id, mark);
      }
      return marks;
    },

    async save(changed) {
      const byShard = new Map<number, [string, Watermark][]>();
      for (const entry of changed) {
        const index = shardIndex(entry[0]);
        byShard.set(index, [...(byShard.get(index) ?? []), entry]);
      }
      await Promise.all(
        [...byShard].map(([index, entries]) => change(index, (marks) => withMarks(marks, entries))),
      );
    },

    async remove(applicationId) {
      const index = shardIndex(applicationId);
      const shard = await readShard(table, index);
      shards.set(index, shard);
      if (!Object.hasOwn(shard.marks, applicationId)) return;
      await change(index, (marks) =>
        Object.fromEntries(Object.entries(marks).filter(([id]) => id !== applicationId)),
      );
    },
  };
}

function withMarks(
  marks: Readonly<Record<string, Watermark>>,
  entries: readonly (readonly [string, Watermark])[],
): Readonly<Record<string, Watermark>> {
  const all = new Map(Object.entries(marks));
  for (const [id, mark] of entries) {
    const stored = all.get(id);
    all.set(id, stored ? mergeWatermarks(stored, mark) : mark);
  }
  const newest = Math.max(...entries.map(([, { throughSeconds }]) => throughSeconds));
  return Object.fromEntries(
    [...all].filter(([, { throughSeconds }]) => newest - throughSeconds <= FORGOTTEN_SECONDS),
  );
}

function shardIndex(applicationId: string): number {
  const [first = 0] = createHash('sha256').update(applicationId).digest();
  return first % SHARDS;
}

const partitionOf = (index: number): string => `ingest#${index}`;
const shardKey = (index: number): Item => itemKey(partitionOf(index), SORT);

const shardOf = (item: Item): Shard => ({
  version: numberOf(item, 'version'),
  marks: documentOf<Record<string, Watermark>>(item),
});

async function readShard(table: DynamodbTable, index: number): Promise<Shard> {
  const item = await getItem(table, shardKey(index));
  return item ? shardOf(item) : { version: 0, marks: {} };
}

async function readAll({ client, table }: DynamodbTable): Promise<readonly Item[]> {
  const items: Item[] = [];
  const Keys = Array.from({ length: SHARDS }, (_, index) => shardKey(index));
  let pending: BatchGetItemCommandInput['RequestItems'] = {
    [table]: { Keys, ConsistentRead: true },
  };
  for (let attempt = 1; pending && Object.keys(pending).length > 0; attempt++) {
    if (attempt > MAX_ATTEMPTS) throw new TableError(table, 'reading watermarks', 'throttled');
    if (attempt > 1) await sleep(PAUSE_MS * 2 ** attempt);
    const command: BatchGetItemCommand = new BatchGetItemCommand({ RequestItems: pending });
    const answer: BatchGetItemCommandOutput = await namedCall(
      table,
      'reading watermarks',
      client.send(command),
    );
    items.push(...(answer.Responses?.[table] ?? []));
    // On throttling, the answer contains unprocessed keys instead of an error.
    pending = answer.UnprocessedKeys;
  }
  return items;
}
