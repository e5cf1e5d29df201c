import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { factorsAhead, usualHistory, usualWindow } from '#core/expectation/usual-history.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { expecting } from './expected-of.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const iso = (atSeconds: number): string => new Date(atSeconds * 1000).toISOString();
const dayAt = (days: number): string => iso(MONDAY + days * DAY).slice(0, 10);

/** Ten cores at noon, none at night; a tenth of it on Sundays. */
const weekly = (days: number): Float64Array =>
  Float64Array.from({ length: days * 24 }, (_, hour) => {
    const isSunday = Math.floor(hour / 24) % 7 === 6;
    return Math.max(0, Math.sin(((hour % 24) - 6) * (Math.PI / 12))) * (isSunday ? 1 : 10);
  });

async function storeOf(cpu: Float64Array) {
  const store = createMemoryHistoryStore();
  const points = [...cpu].map((used, hour) => ({
    timestampSeconds: MONDAY + hour * HOUR,
    footprint: { ...EMPTY_FOOTPRINT, cpu: used },
  }));
  await store.append([{ applicationId: 'shop', applicationType: null, points }]);
  return store;
}

describe('usualWindow', () => {
  it('divides use by the factors of whatever events, step by part of a step', () => {
    const cpu = dailyCpu(14);
    const event = fc.record({
      from: fc.integer({ min: 0, max: 13 * 1440 }),
      minutes: fc.integer({ min: 1, max: 3000 }),
      times: fc.double({ min: 0.1, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(event, ({ from, minutes, times }) => {
        const span = {
          from: iso(MONDAY + from * 60),
          to: iso(MONDAY + (from + minutes) * 60),
        };
        const settings = expecting([{ name: 'sale', ...span, times }], HOURLY);
        const usual = usualWindow(cpuWindow(cpu), 'shop', settings).values.cpu;
        usual.forEach((value, hour) => {
          const minute = (at: number) => Math.min(Math.max(at, hour * 60), hour * 60 + 60);
          const covered = (minute(from + minutes) - minute(from)) / 60;
          expect(value).toBeCloseTo(cpu[hour]! / (1 + (times - 1) * covered), 9);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('leaves other resources and other applications as they are', () => {
    const span = { from: dayAt(3) + 'T00:00Z', to: dayAt(4) + 'T00:00Z' };
    const entry = { name: 'sale', ...span, times: 3 };
    const window = cpuWindow(dailyCpu(14));
    const disk = expecting([{ ...entry, resources: ['disk'] }], HOURLY);
    expect(usualWindow(window, 'shop', disk).values.cpu).toEqual(window.values.cpu);
    const mail = expecting([{ ...entry, applications: ['mail'] }], HOURLY);
    expect(usualWindow(window, 'shop', mail)).toBe(window);
  });
});

describe('a day that is like another weekday', () => {
  // A Thursday of the fifth week, on which as little was used as on Sundays.
  const holiday = 31;
  const cpu = weekly(42).map((value, hour) =>
    Math.floor(hour / 24) === holiday ? value / 10 : value,
  );
  const settings = expecting(
    [{ name: 'rest', days: [dayAt(holiday)], like: 'last sunday' }],
    HOURLY,
  );
  const range = { fromSeconds: MONDAY + 28 * DAY, toSeconds: MONDAY + 42 * DAY };

  it('enters the history as the weekday that it usually is', async () => {
    const usual = await usualHistory(await storeOf(cpu), settings).read('shop', range, HOUR);
    const expected = weekly(42).subarray(28 * 24);
    usual.values.cpu.forEach((value, hour) => {
      expect(Math.abs(value - expected[hour]!)).toBeLessThan(1);
    });
  });

  it('gives the same history whenever and from wherever it is read', async () => {
    const store = usualHistory(await storeOf(cpu), settings);
    const whole = usualWindow(cpuWindow(cpu), 'shop', settings).values.cpu;
    for (const [from, to] of [
      [28, 42],
      [31, 33],
      [30, 32],
    ] as const) {
      const part = { fromSeconds: MONDAY + from * DAY, toSeconds: MONDAY + to * DAY };
      const read = await store.read('shop', part, HOUR);
      expect(read.values.cpu).toEqual(whole.subarray(from * 24, to * 24));
    }
  });

  it('is foreseen from what Sundays were, and from nothing that comes after', async () => {
    const ahead = { applicationId: 'shop', originSeconds: MONDAY + holiday * DAY };
    const horizon = { ...ahead, stepSeconds: HOUR, steps: 24 };
    const factors = await factorsAhead(await storeOf(cpu), horizon, settings);
    expect(factors!.cpu[12]).toBeCloseTo(0.1, 1);
    const changed = cpu.map((value, hour) => (hour < holiday * 24 ? value : value * 7 + 1));
    expect(await factorsAhead(await storeOf(changed), horizon, settings)).toEqual(factors);
  });
});

describe('a day that is like a past day', () => {
  // Thursdays; use has doubled since the first sale, on which it was three times as high.
  const [sale, next] = [31, 31 + 56];
  const cpu = weekly(next + 7).map(
    (value, hour) =>
      value *
      (Math.floor(hour / 24) === sale ? 3 : 1) *
      (Math.floor(hour / 24) > sale ? 2 : 1) *
      (Math.floor(hour / 24) === next ? 3 : 1),
  );
  const settings = expecting([{ name: 'sale', days: [dayAt(next)], like: dayAt(sale) }], HOURLY);
  const ahead = {
    ...{ applicationId: 'shop', originSeconds: MONDAY + next * DAY },
    ...{ stepSeconds: HOUR, steps: 24 },
  };

  it('is as much above its weekday as that day was, whatever use has become', async () => {
    const factors = await factorsAhead(await storeOf(cpu), ahead, settings);
    // At night nothing was used, which makes no ratio.
    for (const hour of [9, 12, 15]) expect(factors!.cpu[hour]).toBeCloseTo(3, 1);
    expect(factors!.disk[12]).toBe(1);
    const known = cpu.map((value, hour) => (hour < next * 24 ? value : 7));
    expect(await factorsAhead(await storeOf(known), ahead, settings)).toEqual(factors);
  });

  it('is taken for the weekday that it usually is, read alone or as a whole', async () => {
    const range = { fromSeconds: MONDAY + (next - 1) * DAY, toSeconds: MONDAY + (next + 2) * DAY };
    const read = await usualHistory(await storeOf(cpu), settings).read('shop', range, HOUR);
    expect(read.values.cpu[24 + 12]! / cpu[(next - 7) * 24 + 12]!).toBeCloseTo(1, 1);
    const whole = usualWindow(cpuWindow(cpu), 'shop', settings).values.cpu;
    expect(read.values.cpu).toEqual(whole.subarray((next - 1) * 24, (next + 2) * 24));
  });

  it('stays as it is where nothing was measured that day', async () => {
    const old = { name: 'sale', days: [dayAt(next)], like: dayAt(-40) };
    const factors = await factorsAhead(await storeOf(cpu), ahead, expecting([old], HOURLY));
    expect([...factors!.cpu]).toEqual(Array(24).fill(1));
  });
});
