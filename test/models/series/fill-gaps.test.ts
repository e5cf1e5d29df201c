import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGaps } from '#models/series/fill-gaps.ts';

const filled = (values: readonly number[], seasonSteps: number, shortSteps?: number): number[] =>
  Array.from(fillGaps(Float64Array.from(values), seasonSteps, shortSteps));

const gappy = fc.array(fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 100, noNaN: true })), {
  minLength: 1,
  maxLength: 120,
});

describe('fillGaps', () => {
  it('draws a line over a short gap', () => {
    expect(filled([2, NaN, NaN, 8], 24, 2)).toEqual([2, 4, 6, 8]);
  });

  it('copies a longer gap from one season earlier, shifted to the present level', () => {
    const values = [1, 2, 3, 4, 11, NaN, NaN, NaN, 11];
    expect(filled(values, 4, 2)).toEqual([1, 2, 3, 4, 11, 12, 13, 14, 11]);
    const shifted = [1, 2, 3, 4, 1, 2, 3, 4, 11, 12, NaN, NaN, NaN];
    expect(filled(shifted, 4, 2).slice(10)).toEqual([13, 14, 21]);
  });

  it('repeats the last value without a season before the gap', () => {
    expect(filled([5, 7, NaN, NaN, NaN, 1], 10, 1)).toEqual([5, 7, 7, 7, 7, 1]);
  });

  it('begins with the first measured value, and gives zeros without any', () => {
    expect(filled([NaN, NaN, 3], 4)).toEqual([3, 3, 3]);
    expect(filled([NaN, NaN], 4)).toEqual([0, 0]);
    expect(filled([], 4)).toEqual([]);
  });

  it('changes neither its input nor measured values, and leaves no gap', () => {
    fc.assert(
      fc.property(gappy, fc.integer({ min: 0, max: 30 }), (values, season) => {
        const input = Object.freeze(values);
        const output = filled(input, season);
        output.forEach((value, k) => {
          expect(value).toBeGreaterThanOrEqual(0);
          if (!Number.isNaN(input[k])) expect(value).toBe(input[k]);
        });
      }),
    );
  });

  it('fills a gap at the end without looking ahead', () => {
    fc.assert(
      fc.property(gappy, gappy, fc.integer({ min: 0, max: 30 }), (past, future, season) => {
        const measured = past.findLastIndex((value) => !Number.isNaN(value)) + 1;
        const alone = filled(past, season).slice(0, measured);
        expect(filled([...past, ...future], season).slice(0, measured)).toEqual(
          measured === 0 ? [] : alone,
        );
      }),
    );
  });
});
