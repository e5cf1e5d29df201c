import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSampledUse } from '#core/evidence/sampled-use.ts';
import { addSortedUse } from '#core/evidence/sorted-use.ts';
import { createUsageMemory } from '#core/evidence/usage-memory.ts';

const UNIT = 0.7;
const HORIZON = 5;
const PARTS = [0.55, 0.5, 0.45, 0.4, 0.35];

function recalled(values: readonly number[]) {
  const shape = { unit: UNIT, stepsPerDay: 24, warmUpHorizon: HORIZON };
  const memory = createUsageMemory({ ...shape, capacity: values.length });
  values.forEach((value) => memory.push(value));
  // The second search groups the steps.
  memory.similarUse(HORIZON);
  return memory.similarUse(HORIZON).situations;
}

const rowsOf = (most: number) => PARTS.map((_, row) => new Float64Array(most).fill(row / 10));

/**
 * Uses of some instances that last for hours and then jump, so that there are similar situations.
 */
const series = fc
  .array(
    fc.tuple(
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
    ),
    { minLength: 5, maxLength: 30 },
  )
  .map((stretches) => stretches.flatMap(([level, noise]) => noise.map((more) => level + more)));

describe('addSortedUse', () => {
  it('adds to every row the same as its samples one by one, bit for bit', () => {
    fc.assert(
      fc.property(series, (values) => {
        const samples = recalled(values);
        if (samples === null) return;
        const units = { capacity: UNIT, margin: 0 };
        const [rows, expected] = [rowsOf(12), rowsOf(12)];
        expect(addSortedUse(rows, { samples, parts: PARTS }, units)).toBe(true);
        expected.forEach((row, ahead) => {
          const later = { ...samples, newest: samples.newest + ahead };
          addSampledUse(row, { samples: later, part: PARTS[ahead]! }, units);
        });
        expect(rows).toEqual(expected);
      }),
    );
  });

  it('refuses steps grouped by another capacity, and steps that fill more instances than there are', () => {
    const values = Array.from({ length: 200 }, (_, k) => k % 3);
    const untouched = (peak: number, { capacity = UNIT, margin = 0 } = {}): boolean => {
      const rows = rowsOf(12);
      const samples = recalled([...values, peak, ...values])!;
      const added = addSortedUse(rows, { samples, parts: PARTS }, { capacity, margin });
      expect(added || rows.every((row, k) => row.every((use) => use === k / 10))).toBe(true);
      return !added;
    };
    expect(untouched(2)).toBe(false);
    expect(untouched(2, { capacity: 1 })).toBe(true);
    expect(untouched(2, { margin: 0.1 })).toBe(true);
    expect(untouched(13 * UNIT)).toBe(true);
    expect(untouched(100 * UNIT)).toBe(true);
  });

  it('accepts a peak that is older than the samples', () => {
    const values = Array.from({ length: 400 }, (_, k) => k % 3);
    const samples = recalled([100 * UNIT, 13 * UNIT, ...values])!;
    const units = { capacity: UNIT, margin: 0 };
    expect(addSortedUse(rowsOf(12), { samples, parts: PARTS }, units)).toBe(true);
  });
});
