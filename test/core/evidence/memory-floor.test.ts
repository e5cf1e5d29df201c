import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFloor, MEMORY_PEAK_DAYS } from '#core/evidence/memory-floor.ts';
import { briefPeaks } from '#core/evidence/recurring/find-peaks.ts';

const GIB = 2 ** 30;
const STEPS_PER_DAY = 288;
/** Instances of 4 GiB: the peak takes one more than what is held anyway. */
const costs = { outOfMemoryCost: 26, idleCost: 1, instance: 4 * GIB, held: 2.1 * GIB };

/** Days of 2 GiB with a little noise, and a peak of 7 GiB for ten minutes at a step of each day. */
function memoryWith(starts: readonly (number | null)[]): Float64Array {
  const values = Float64Array.from(
    { length: starts.length * STEPS_PER_DAY },
    (_, k) => 2 * GIB * (1 + 0.02 * Math.sin(k * 1.618)),
  );
  starts.forEach((start, day) => {
    const from = day * STEPS_PER_DAY + (start ?? 0);
    if (start !== null) values.fill(7 * GIB, from, from + 2);
  });
  return values;
}

const floorOf = (values: Float64Array, of = costs) =>
  memoryFloor(briefPeaks({ stepSeconds: 300, values }, MEMORY_PEAK_DAYS), of);

describe('the floor of memory', () => {
  it('is 7 GiB where memory is 7 GiB for ten minutes a day, at the same or a varying time', () => {
    const start = fc.nat({ max: STEPS_PER_DAY - 2 });
    const sameTime = fc.tuple(start, fc.integer({ min: 3, max: 14 }));
    const starts = fc.oneof(
      sameTime.map(([at, days]) => Array.from({ length: days }, () => at)),
      fc.array(start, { minLength: 3, maxLength: 20 }),
    );
    fc.assert(fc.property(starts, (days) => floorOf(memoryWith(days)) === 7 * GIB));
  });

  it('is none without peaks, for a single one in two weeks, and where a kill costs nothing', () => {
    const days = Array.from({ length: 14 }, (_, day) => (day === 6 ? 100 : null));
    expect(floorOf(memoryWith(days.map(() => null)))).toBeNull();
    expect(floorOf(memoryWith(days))).toBeNull();
    const daily = memoryWith(days.map(() => 100));
    expect(floorOf(daily, { ...costs, outOfMemoryCost: 0 })).toBeNull();
  });

  it('is none where the peaks take more instances than the kills cost', () => {
    const daily = memoryWith(Array.from({ length: 14 }, () => 100));
    expect(floorOf(daily, { ...costs, instance: 2.2 * GIB })).toBeNull();
    expect(floorOf(daily, { ...costs, instance: 2.2 * GIB, outOfMemoryCost: 80 })).toBe(7 * GIB);
  });

  it('is none for what is high for hours every day, which the forecast sees', () => {
    const values = Float64Array.from({ length: 14 * STEPS_PER_DAY }, (_, k) =>
      k % STEPS_PER_DAY >= 108 && k % STEPS_PER_DAY < 228 ? 7 * GIB : 2 * GIB,
    );
    expect(floorOf(values)).toBeNull();
  });

  it('ends a few days after the peaks do', () => {
    const days = Array.from({ length: 14 }, (_, day) => (day < 10 ? 50 : null));
    expect(floorOf(memoryWith(days))).toBeNull();
  });
});
