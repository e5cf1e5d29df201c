import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryReadError } from '#adapters/aws/timestream/query-rows.ts';
import { createTimestreamHistoryStore } from '#adapters/aws/timestream/timestream-history-store.ts';
import { EMPTY_FOOTPRINT, type Footprint, type FootprintPoint } from '#core/domain/footprint.ts';
import { HistoryWriteError } from '#core/domain/history-write-error.ts';
import { historyStoreContract } from '#test/adapters/contracts/history-store-contract.ts';
import { openTimestream } from '#test/emulators/timestream/open-timestream.ts';

const START = 1_795_478_400;
const NOW_MS = (START + 86_400) * 1000;

const emulated = openTimestream();
const open = (nowMs = NOW_MS) =>
  createTimestreamHistoryStore({ ...emulated.open(), nowMs: () => nowMs });

beforeEach(() => {
  emulated.calls.length = 0;
  emulated.oldestSeconds = -Infinity;
});

historyStoreContract('Timestream', async () => open());

const at = (step: number, footprint: Partial<Footprint>): FootprintPoint => ({
  timestampSeconds: START + step * 300,
  footprint: { ...EMPTY_FOOTPRINT, ...footprint },
});
const entry = (applicationId: string, points: readonly FootprintPoint[]) => ({
  applicationId,
  applicationType: 'web',
  points,
});
const steps = (count: number) =>
  Array.from({ length: count }, (_, k) => at(k, { cpu: k, disk: 1 }));
const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const range = (count: number) => ({ fromSeconds: START, toSeconds: START + count * 300 });

it('writes a record per point with its measures, 100 to a call', async () => {
  await open().append([entry('shop', steps(230))]);
  const writes = emulated.calls.map(({ action, body }) => [action, body.Records?.length]);
  expect(writes).toEqual([
    ['WriteRecords', 100],
    ['WriteRecords', 100],
    ['WriteRecords', 30],
  ]);
  const version = NOW_MS * 1000;
  expect(emulated.calls[0]?.body.CommonAttributes).toEqual({
    MeasureValueType: 'MULTI',
    TimeUnit: 'SECONDS',
    Version: version,
  });
  expect(emulated.calls[0]?.body.Records?.[1]).toEqual({
    Dimensions: [{ Name: 'application_id', Value: 'shop' }],
    MeasureName: 'cpu_disk',
    MeasureValues: [
      { Name: 'cpu', Type: 'DOUBLE', Value: '1' },
      { Name: 'disk', Type: 'DOUBLE', Value: '1' },
      { Name: 'application_type', Type: 'VARCHAR', Value: '"web"' },
      { Name: 'written', Type: 'BIGINT', Value: String(version) },
    ],
    Time: String(START + 300),
  });
});

it('does not discover an endpoint if one is configured', async () => {
  const store = open();
  await store.append([entry('shop', steps(1))]);
  await store.applications();
  const actions = new Set(emulated.calls.map(({ action }) => action));
  expect([...actions]).toEqual(['WriteRecords', 'Query']);
});

it('names application, time and reason of a rejected record, and stores the rest', async () => {
  const store = open();
  emulated.oldestSeconds = START + 300;
  const error = await caught(store.append([entry('shop', steps(3))]));
  expect(error).toBeInstanceOf(HistoryWriteError);
  expect((error as HistoryWriteError).unstored).toMatchObject([
    { applicationId: 'shop', atSeconds: START, reason: expect.stringContaining('outside') },
  ]);
  expect((error as HistoryWriteError).message).toContain('shop at 2026-11-24T00:00:00.000Z');
  expect([...(await store.read('shop', range(3), 300)).values.cpu]).toEqual([NaN, 1, 2]);
});

it('keeps a correction by a writer whose clock is ahead', async () => {
  const table = emulated.open();
  const ahead = createTimestreamHistoryStore({ ...table, nowMs: () => NOW_MS + 5000 });
  const behind = createTimestreamHistoryStore({ ...table, nowMs: () => NOW_MS });
  await ahead.append([entry('shop', [at(0, { cpu: 5 })])]);
  await behind.append([entry('shop', [at(0, { cpu: 3 }), at(1, { cpu: 4 })])]);
  expect([...(await ahead.read('shop', range(2), 300)).values.cpu]).toEqual([5, 4]);
});

it('reports every application of a failing call, and stores those of the other calls', async () => {
  const store = open();
  emulated.faults.push({ type: 'ThrottlingException', message: 'slow down' });
  const batch = [entry('a', steps(60)), entry('b', steps(40)), entry('c', steps(2))];
  const error = await caught(store.append(batch));
  expect(error).toBeInstanceOf(HistoryWriteError);
  const { unstored } = error as HistoryWriteError;
  expect(unstored.map((u) => [u.applicationId, u.reason])).toEqual([
    ['a', 'ThrottlingException: slow down'],
    ['b', 'ThrottlingException: slow down'],
  ]);
  expect((await store.applications()).map((a) => a.applicationId)).toEqual(['c']);
});

it.each(["it's", 'a "b"', "'; DROP TABLE x; --", 'ü\\n'])(
  'keeps the application %s apart from others',
  async (applicationId) => {
    const store = open();
    await store.append([entry(applicationId, [at(0, { cpu: 1 })]), entry('other', steps(1))]);
    expect([...(await store.read(applicationId, range(1), 300)).values.cpu]).toEqual([1]);
    expect((await store.application(applicationId))?.applicationType).toBe('web');
  },
);

it('says which table cannot be read and why', async () => {
  const store = open();
  emulated.faults.push({ type: 'AccessDeniedException', message: 'not for you' });
  const error = await caught(store.read('shop', range(1), 300));
  expect(error).toBeInstanceOf(HistoryReadError);
  expect((error as HistoryReadError).message).toContain('AccessDeniedException: not for you');
});

it.each([
  ['packed', 1],
  ['as rows', 0],
])('reads values back to the last bit, %s', async (_, readsBefore) => {
  const store = open();
  const cpu = [0.1 + 0.2, 1e-9, 123456789012345680, Number.MIN_VALUE, 1.7976931348623157e308];
  await store.append([
    entry(
      'shop',
      cpu.map((value, k) => at(k, { cpu: value })),
    ),
  ]);
  // The first read learns which columns the table has.
  for (let k = 0; k < readsBefore; k++) await store.read('shop', range(1), 300);
  expect([...(await store.read('shop', range(5), 300)).values.cpu]).toEqual(cpu);
});

describe('a window', () => {
  const queries = () => emulated.calls.filter(({ action }) => action === 'Query');

  it('is read with one query, one text per day, once the table’s columns are known', async () => {
    const store = open();
    const whole = { cpu: 1, memory: 2, disk: 3, network: 4 };
    await store.append([entry('shop', [at(0, whole), at(300, { cpu: 5 })])]);
    emulated.calls.length = 0;
    const { values } = await store.read('shop', range(301), 300);
    expect([values.cpu[0], values.memory[0], values.cpu[300], values.disk[300]]).toEqual([
      1,
      2,
      5,
      NaN,
    ]);
    // The emulator's first page is empty.
    expect(queries()).toHaveLength(2);
  });

  it('contains, after five minutes, a resource that another process measured first', async () => {
    const table = emulated.open();
    const clock = { ms: NOW_MS };
    const reader = createTimestreamHistoryStore({ ...table, nowMs: () => clock.ms });
    const writer = createTimestreamHistoryStore({ ...table, nowMs: () => clock.ms });
    await writer.append([entry('shop', [at(0, { cpu: 1 })])]);
    await reader.read('shop', range(1), 300);
    await writer.append([entry('shop', [at(0, { memory: 7 })])]);
    clock.ms += 300_000;
    const { values } = await reader.read('shop', range(1), 300);
    expect([values.cpu[0], values.memory[0]]).toEqual([1, 7]);
  });

  it('is read as rows if Timestream rejects the packed query', async () => {
    const store = open();
    await store.append([entry('shop', steps(2))]);
    const message = 'Function array_join not registered';
    emulated.faults.push({ type: 'ValidationException', message });
    for (let k = 0; k < 2; k++) {
      expect([...(await store.read('shop', range(2), 300)).values.cpu]).toEqual([0, 1]);
    }
    // The refusal is remembered.
    const refused = queries().filter(({ body }) => body.QueryString?.includes('array_join'));
    expect(refused).toHaveLength(1);
  });
});
