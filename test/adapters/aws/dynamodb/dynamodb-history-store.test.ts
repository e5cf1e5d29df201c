import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { WriteContention } from '#adapters/aws/dynamodb/item-error.ts';
import { itemKey } from '#adapters/aws/dynamodb/table-schema.ts';
import { EMPTY_FOOTPRINT, type FootprintPoint } from '#core/domain/footprint.ts';
import { HistoryWriteError } from '#core/domain/history-write-error.ts';
import { historyStoreContract } from '#test/adapters/contracts/history-store-contract.ts';
import { interceptSend } from '#test/emulators/intercept-send.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const DAY = 86_400;
const MIDNIGHT = 1_795_478_400; // 2026-11-24T00:00:00Z

const openTable = openDynamodb();
const open = async (retentionDays: number | null = null) =>
  createDynamodbHistoryStore({ ...(await openTable()), retentionDays });

historyStoreContract('DynamoDB', () => open());

const at = (timestampSeconds: number, cpu: number): FootprintPoint => ({
  timestampSeconds,
  footprint: { ...EMPTY_FOOTPRINT, cpu },
});
const entry = (applicationId: string, points: readonly FootprintPoint[]) => ({
  applicationId,
  applicationType: null,
  points,
});

it('reads across days and ends its range within a day', async () => {
  const store = await open();
  const steps = Array.from({ length: 3 * 24 }, (_, k) => at(MIDNIGHT - DAY + k * 3600, k));
  await store.append([entry('shop', steps)]);
  const range = { fromSeconds: MIDNIGHT - 3600, toSeconds: MIDNIGHT + DAY + 3600 };
  const { values } = await store.read('shop', range, 3600);
  expect([...values.cpu]).toEqual(Array.from({ length: 26 }, (_, k) => 23 + k));
  expect(await store.application('shop')).toMatchObject({
    points: 72,
    stepSeconds: 3600,
    firstSeconds: MIDNIGHT - DAY,
    lastSeconds: MIDNIGHT + 2 * DAY - 3600,
  });
});

it('reads more than one page of days', async () => {
  const store = await open();
  const days = 8;
  // A point every 10 seconds makes days of 173 kB: 8 of them are more than a page of one megabyte.
  for (let day = 0; day < days; day++) {
    const points = Array.from({ length: 8640 }, (_, k) => ({
      timestampSeconds: MIDNIGHT + day * DAY + k * 10,
      footprint: { cpu: k, memory: day, disk: null, network: null },
    }));
    await store.append([entry('shop', points)]);
  }
  const range = { fromSeconds: MIDNIGHT, toSeconds: MIDNIGHT + days * DAY };
  const { values } = await store.read('shop', range, DAY);
  expect([...values.memory]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('loses no points when many writers write the same day concurrently', async () => {
  const store = await open();
  const writers = Array.from({ length: 8 }, (_, k) =>
    store.append([entry('shop', [at(MIDNIGHT + k * 300, k)])]),
  );
  await Promise.all(writers);
  const range = { fromSeconds: MIDNIGHT, toSeconds: MIDNIGHT + 8 * 300 };
  expect([...(await store.read('shop', range, 300)).values.cpu]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect((await store.application('shop'))?.points).toBe(8);
});

it('lets days expire after their retention and removes them from the list', async () => {
  const table = await openTable();
  const store = createDynamodbHistoryStore({ ...table, retentionDays: 10 });
  await store.append([entry('shop', [at(MIDNIGHT, 1)])]);
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.table, Key: itemKey('history#shop', '2026-11-24') }),
  );
  expect(Item?.['expires']).toEqual({ N: String(MIDNIGHT + 11 * DAY) });
  await store.append([entry('shop', [at(MIDNIGHT + 40 * DAY, 2)])]);
  expect(await store.application('shop')).toMatchObject({
    points: 1,
    firstSeconds: MIDNIGHT + 40 * DAY,
  });
});

it('describes a history across months, late points included', async () => {
  const store = await open();
  const days = Array.from({ length: 70 }, (_, k) => at(MIDNIGHT + k * DAY, k));
  await store.append([entry('shop', days)]);
  await store.append([entry('shop', [at(MIDNIGHT + 5 * DAY + 300, 1), at(MIDNIGHT - 300, 1)])]);
  await store.append([entry('shop', days)]);
  expect(await store.application('shop')).toMatchObject({
    points: 72,
    firstSeconds: MIDNIGHT - 300,
    lastSeconds: MIDNIGHT + 69 * DAY,
  });
});

it('writes each of many days once and updates the summaries once', async () => {
  const table = await openTable();
  const calls: string[] = [];
  const client = interceptSend(table.client, async (command) => {
    calls.push(command.constructor.name);
  });
  const store = createDynamodbHistoryStore({ ...table, client, retentionDays: 455 });
  const week = Array.from({ length: 7 * 24 }, (_, k) => at(MIDNIGHT + k * 3600, k));
  await store.append([entry('shop', week)]);
  const counted = (name: string) => calls.filter((call) => call === name).length;
  // The last day of November is the seventh.
  expect([
    counted('QueryCommand'),
    counted('PutItemCommand'),
    counted('UpdateItemCommand'),
  ]).toEqual([1, 7, 2]);
  expect(calls).toHaveLength(10);
  expect(await store.application('shop')).toMatchObject({ points: 168, stepSeconds: 3600 });
});

it('summarizes days that other writers write concurrently', async () => {
  const store = await open();
  const days = (first: number) =>
    Array.from({ length: 10 }, (_, k) => at(MIDNIGHT + (first + k) * DAY + first * 300, k));
  await Promise.all([0, 3, 6].map((first) => store.append([entry('shop', days(first))])));
  expect(await store.application('shop')).toMatchObject({
    points: 30,
    firstSeconds: MIDNIGHT,
    lastSeconds: MIDNIGHT + 15 * DAY + 6 * 300,
  });
});

it('summarizes the stored days when another day is too large', async () => {
  const store = await open();
  const tooMany = Array.from({ length: DAY }, (_, k) => at(MIDNIGHT + DAY + k, 1));
  const points = [at(MIDNIGHT, 1), ...tooMany, at(MIDNIGHT + 2 * DAY, 1)];
  await expect(store.append([entry('shop', points)])).rejects.toThrow(HistoryWriteError);
  expect((await store.application('shop'))?.points).toBe(2);
});

it('stores all other applications when one cannot be stored, and names it', async () => {
  const store = await open();
  // A point every second of a day is more than DynamoDB takes in one item.
  const tooMany = Array.from({ length: DAY }, (_, k) => at(MIDNIGHT + k, 1));
  const error = await store
    .append([entry('fine', [at(MIDNIGHT, 1)]), entry('huge', tooMany), entry('good', [at(0, 2)])])
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(HistoryWriteError);
  expect((error as HistoryWriteError).unstored.map((u) => u.applicationId)).toEqual(['huge']);
  expect((await store.applications()).map((a) => a.applicationId)).toEqual(['fine', 'good']);
});

it('repairs the list when an append was interrupted between the day and the list', async () => {
  const table = await openTable();
  const store = createDynamodbHistoryStore({ ...table, retentionDays: null });
  const client = interceptSend(table.client, async (command) => {
    if (command instanceof UpdateItemCommand) throw new Error('interrupted');
  });
  const broken = createDynamodbHistoryStore({ ...table, client, retentionDays: null });
  const batch = [entry('shop', [at(MIDNIGHT, 1), at(MIDNIGHT + 300, 2)])];
  await expect(broken.append(batch)).rejects.toThrow('interrupted');
  expect(await store.application('shop')).toBeNull();
  await store.append(batch);
  expect((await store.application('shop'))?.points).toBe(2);
});

it('fails with the day’s key when the day changes during every attempt, and overwrites nothing', async () => {
  const table = await openTable();
  const store = createDynamodbHistoryStore({ ...table, retentionDays: null });
  let step = 0;
  const client = interceptSend(table.client, async (command) => {
    if (!(command instanceof PutItemCommand)) return;
    await store.append([entry('shop', [at(MIDNIGHT + ++step * 300, step)])]);
  });
  const late = createDynamodbHistoryStore({ ...table, client, retentionDays: null });
  const error = await late.append([entry('shop', [at(MIDNIGHT, 99)])]).catch((e: unknown) => e);
  expect((error as HistoryWriteError).unstored[0]?.cause).toBeInstanceOf(WriteContention);
  const range = { fromSeconds: MIDNIGHT, toSeconds: MIDNIGHT + 4 * 300 };
  expect([...(await store.read('shop', range, 300)).values.cpu]).toEqual([NaN, 1, 2, 3]);
});
