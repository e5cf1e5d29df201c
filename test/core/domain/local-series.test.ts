import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localSeries, localStepAhead } from '#core/domain/local-series.ts';
import { localSeconds } from '#core/domain/local-time.ts';

const STEP = 300;
const DAY = 86_400;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kolkata',
  'UTC',
] as const;

/** Every day on which a clock of these zones changes in 2026, and days between. */
const days = fc.integer({ min: 0, max: 364 }).map((day) => Date.UTC(2026, 0, 1) / 1000 + day * DAY);

describe('a series in local time', () => {
  it('has every value at its own local time of day, the hour that comes twice from its second time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        days,
        fc.integer({ min: 1, max: 9 * 288 }),
        (zone, startSeconds, steps) => {
          // The value of a step is its Unix time.
          const values = Float64Array.from({ length: steps }, (_, k) => startSeconds + k * STEP);
          const local = localSeries(values, { startSeconds, stepSeconds: STEP }, zone);
          const end = startSeconds + steps * STEP;
          expect(local.endSeconds).toBe(localSeconds(end, zone));
          const newest = new Map<number, number>();
          for (const at of values) {
            const position = localSeconds(at, zone);
            if (position < local.endSeconds) newest.set(position, at);
          }
          const first = local.endSeconds - local.values.length * STEP;
          const expected = local.values.map((_, k) => newest.get(first + k * STEP) ?? NaN);
          expect(local.values).toEqual(expected);
          expect(newest.size).toBe(local.values.filter((value) => !Number.isNaN(value)).length);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('leaves values alone in UTC and where a step does not divide the change of the clock', () => {
    const startSeconds = Date.UTC(2026, 2, 28) / 1000;
    const values = Float64Array.from({ length: 20 }, (_, k) => k);
    const everyTwoHours = { startSeconds, stepSeconds: 7200 };
    expect(localSeries(values, everyTwoHours, 'UTC').values).toBe(values);
    expect(localSeries(values, everyTwoHours, 'Europe/Berlin').values).toBe(values);
  });
});

describe('a step ahead in local time', () => {
  const origin = (iso: string) => ({
    seconds: Date.parse(iso) / 1000,
    stepSeconds: STEP,
    horizon: 288,
  });

  it('is an hour further after the clock is put forward, and an hour nearer after it is put back', () => {
    const spring = origin('2026-03-29T00:30:00Z');
    expect(localStepAhead(6, spring, 'Europe/Berlin')).toBe(6);
    expect(localStepAhead(7, spring, 'Europe/Berlin')).toBe(19);
    expect(localStepAhead(288, spring, 'Europe/Berlin')).toBe(288);
    const autumn = origin('2026-10-24T22:00:00Z');
    expect(localStepAhead(36, autumn, 'Europe/Berlin')).toBe(36);
    expect(localStepAhead(37, autumn, 'Europe/Berlin')).toBe(25);
  });

  it('is the step itself in the hour that comes twice, where the earlier one is past', () => {
    const between = origin('2026-10-25T00:50:00Z');
    expect(localStepAhead(3, between, 'Europe/Berlin')).toBe(3);
  });
});
