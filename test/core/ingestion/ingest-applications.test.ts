import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryWatermarkStore } from '#adapters/memory/memory-watermark-store.ts';
import { HistoryWriteError } from '#core/domain/history-write-error.ts';
import type { HistoryStore, WatermarkStore } from '#core/domain/ports.ts';
import type { Watermark } from '#core/domain/watermark.ts';
import { ingestApplications } from '#core/ingestion/ingest-applications.ts';
import { emulatedSource, type SourceFault } from './emulated-source.ts';

const STEP = 300;
const HOUR = 3600;
const DAY = 86_400;
const LIMITS = { callApplications: 50, concurrentCalls: 4, fineDays: 63, coarseDays: 455 };
const FINE_SECONDS = LIMITS.fineDays * DAY;
/** On the hour, so that the numbers of points are whole days'. */
const NOW = Math.floor(1_764_003_600 / HOUR) * HOUR;
const FINE_POINTS = (FINE_SECONDS - HOUR) / STEP;
const COARSE_HOURS = 454 * 24 - 63 * 24;

function account(names: readonly string[], fault: SourceFault = () => null) {
  const fleet = emulatedSource(fault);
  const history = createMemoryHistoryStore();
  const watermarks = createMemoryWatermarkStore();
  const trainings: string[] = [];
  const reports: string[] = [];
  const pasts: (readonly [string, number, number])[] = [];
  const applications = names.map((applicationId) => ({ applicationId }));
  const stores: { history: HistoryStore; watermarks: WatermarkStore } = { history, watermarks };
  const run = (nowSeconds: number, mayContinue = async () => true) =>
    ingestApplications(
      {
        ...stores,
        sourceOf: fleet.sourceOf,
        limits: LIMITS,
        requestTraining: async (ids) => void trainings.push(...ids),
        mayContinue,
        report: (what) => void reports.push(what),
        backFilled: ({ applicationId }, { fromSeconds, toSeconds }) =>
          void pasts.push([applicationId, fromSeconds, toSeconds]),
      },
      applications,
      { nowSeconds, stepSeconds: STEP, historyDays: 455 },
    );
  const steps = async (id: string, fromSeconds: number, toSeconds: number, step = STEP) => {
    const { values } = await history.read(id, { fromSeconds, toSeconds }, step);
    return values.cpu.filter((value) => !Number.isNaN(value)).length;
  };
  return { fleet, history, watermarks, stores, trainings, reports, pasts, run, steps };
}

describe('a group that was enrolled just now', () => {
  test('is back-filled with 63 days of five minutes and hours before them, and its training asked for once', async () => {
    const { run, steps, trainings, history } = account(['shop']);
    expect(await run(NOW)).toEqual({
      applications: 1,
      points: FINE_POINTS + COARSE_HOURS,
      failures: 0,
    });
    expect(await steps('shop', NOW - FINE_SECONDS + HOUR, NOW)).toBe(FINE_POINTS);
    // By the hour the two stretches are one.
    expect(await steps('shop', NOW - 454 * DAY + HOUR, NOW, HOUR)).toBe(454 * 24 - 1);
    expect((await history.application('shop'))?.stepSeconds).toBe(STEP);
    await run(NOW + STEP);
    expect(trainings).toEqual(['shop']);
  });

  test('has its past named as it is read, once, and a group without one has none', async () => {
    const { run, pasts } = account(['shop']);
    let reads = 0;
    await run(NOW, async () => ++reads <= 4);
    expect(pasts).toEqual([['shop', NOW - 28 * DAY, NOW]]);
    await run(NOW + STEP);
    await run(NOW + 2 * STEP);
    expect(pasts.slice(1).map(([, , toSeconds]) => toSeconds)[0]).toBe(NOW - 28 * DAY);
    const spans = pasts.map(([, fromSeconds, toSeconds]) => toSeconds - fromSeconds);
    expect(spans.reduce((a, b) => a + b)).toBe(NOW - Math.min(...pasts.map(([, from]) => from)));
    const idle = account(['idle'], () => 'empty');
    await idle.run(NOW);
    expect(idle.pasts).toEqual([]);
  });

  test('is trained as soon as four weeks are read, before older points are', async () => {
    const { fleet, run, trainings } = account(['shop']);
    let reads = 0;
    await run(NOW, async () => ++reads <= 4);
    expect(trainings).toEqual(['shop']);
    expect(fleet.oldestAsked()).toBe(NOW - 28 * DAY);
  });

  test('comes before what is older of the others', async () => {
    const { fleet, run } = account(['a', 'b', 'c', 'd', 'e', 'f']);
    let reads = 0;
    await run(NOW, async () => ++reads <= 24);
    expect(fleet.asked).toHaveLength(24);
    expect(fleet.oldestAsked()).toBe(NOW - 28 * DAY);
  });

  test('without any data is asked for once and not again, and left to the schedule', async () => {
    const { fleet, run, trainings } = account(['idle'], () => 'empty');
    expect(await run(NOW)).toEqual({ applications: 1, points: 0, failures: 0 });
    const first = fleet.asked.length;
    await run(NOW + STEP);
    expect(fleet.asked.length - first).toBe(1);
    expect(fleet.asked.at(-1)?.range.fromSeconds).toBe(NOW - 1800);
    expect(trainings).toEqual([]);
  });
});

test('the time of a run ends a back-fill, and the next run goes on where it ended', async () => {
  const { fleet, run, steps } = account(['shop']);
  for (let k = 0; k < 8; k++) {
    let reads = 0;
    await run(NOW + k * STEP, async () => ++reads <= 3);
  }
  const backFilled = fleet.asked.filter(({ range }) => range.toSeconds <= NOW);
  const starts = backFilled.map(({ range }) => range.fromSeconds);
  expect(new Set(starts).size).toBe(starts.length);
  expect(await steps('shop', NOW - FINE_SECONDS + 2 * HOUR, NOW)).toBe(FINE_POINTS - 12);
});

test('one poisoned group among a thousand stops nobody, whether it cannot be read or not be stored', async () => {
  const names = Array.from({ length: 1000 }, (_, k) => `group-${k}`);
  const { run, steps, reports, stores } = account(names, (id) =>
    id === 'group-7' ? 'fail' : null,
  );
  const append = stores.history.append.bind(stores.history);
  stores.history = {
    ...stores.history,
    async append(batch) {
      // Somebody's value that no store takes keeps the whole batch out.
      if (batch.some(({ applicationId }) => applicationId === 'group-8')) {
        throw new RangeError('-1');
      }
      return append(batch);
    },
  };
  const outcome = await run(NOW + 10 * STEP, firstReadsOnly(names.length));
  expect(outcome).toMatchObject({ applications: 1000, failures: 2 });
  expect([...new Set(reports)].sort()).toEqual(['group-7', 'group-8']);
  expect(await steps('group-999', NOW, NOW + 10 * STEP)).toBe(10);
  expect(await steps('group-9', NOW, NOW + 10 * STEP)).toBe(10);
});

/** Enough for the fresh read of all, nothing for back-fills. */
function firstReadsOnly(applications: number): () => Promise<boolean> {
  let left = Math.ceil(applications / LIMITS.callApplications);
  return async () => left-- > 0;
}

test('a part of an append that a store refuses is read again by the next run', async () => {
  const { run, steps, stores, history } = account(['shop', 'blog']);
  let refuses = true;
  stores.history = {
    ...history,
    async append(batch) {
      await history.append(batch.filter(({ applicationId }) => applicationId === 'blog'));
      if (!refuses) return history.append(batch);
      const unstored = batch.filter(({ applicationId }) => applicationId === 'shop');
      if (unstored.length === 0) return;
      throw new HistoryWriteError(
        'table',
        unstored.map(({ applicationId }) => ({ applicationId, atSeconds: null, reason: 'full' })),
      );
    },
  };
  expect((await run(NOW)).failures).toBe(1);
  expect(await steps('blog', NOW - 28 * DAY, NOW)).toBe((28 * DAY) / STEP);
  refuses = false;
  expect((await run(NOW + STEP)).failures).toBe(0);
  expect(await steps('shop', NOW - 28 * DAY, NOW + STEP)).toBe((28 * DAY) / STEP + 1);
});

test('a watermark that cannot be saved costs another reading and nothing else', async () => {
  const { run, steps, stores, watermarks } = account(['shop']);
  stores.watermarks = { ...watermarks, save: () => Promise.reject(new Error('throttled')) };
  expect((await run(NOW)).failures).toBe(1);
  stores.watermarks = watermarks;
  await run(NOW + STEP);
  expect(await steps('shop', NOW - FINE_SECONDS + 2 * HOUR, NOW + STEP)).toBe(FINE_POINTS - 11);
});

test('runs that fail, are missed or come late lose no step', async () => {
  const run = fc.record({
    minutes: fc.integer({ min: -10, max: 4000 }),
    fails: fc.boolean(),
    reads: fc.integer({ min: 0, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), async (runs) => {
      let failing = false;
      const account_ = account(['shop'], () => (failing ? 'fail' : null));
      let now = NOW;
      for (const { minutes, fails, reads } of runs) {
        now = Math.max(NOW, now + minutes * 60);
        failing = fails;
        let left = reads;
        await account_.run(now, async () => left-- > 0);
      }
      failing = false;
      const end = now + HOUR;
      for (let k = 0; k < 3; k++) await account_.run(end);
      const from = end - 62 * DAY;
      const to = Math.floor(end / STEP) * STEP;
      expect(await account_.steps('shop', Math.ceil(from / STEP) * STEP, to)).toBe(
        Math.floor((to - Math.ceil(from / STEP) * STEP) / STEP),
      );
    }),
    { numRuns: 8 },
  );
});

test('a clock that was ahead for a while keeps nothing out for good', async () => {
  const { run, steps, watermarks } = account(['shop']);
  const ahead: Watermark = {
    fromSeconds: NOW - 500 * DAY,
    throughSeconds: NOW + 6 * HOUR,
    stage: 'settled',
  };
  await watermarks.save(new Map([['shop', ahead]]));
  await run(NOW + 2 * HOUR);
  expect(await steps('shop', NOW - 20 * HOUR, NOW + 2 * HOUR)).toBe((22 * HOUR) / STEP);
});
