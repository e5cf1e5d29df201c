import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastShortHistory } from '#models/families/naive/short-history.ts';

const LEVELS = [0.1, 0.5, 0.9];
const middle = (quantiles: Float64Array) => quantiles.filter((_, k) => k % 3 === 1);

describe('forecastShortHistory', () => {
  it('follows a line', () => {
    const values = Float64Array.from({ length: 12 }, (_, k) => 100 + 5 * k);
    const { rule, quantiles } = forecastShortHistory(values, 3, LEVELS);
    expect(rule).toBe('drift');
    expect([...middle(quantiles)]).toEqual([160, 165, 170]);
  });

  it('stays at a level that has shifted', () => {
    const values = Float64Array.from({ length: 20 }, (_, k) => (k < 8 ? 10 : 30) + (k % 2));
    const { quantiles } = forecastShortHistory(values, 4, LEVELS);
    for (const value of middle(quantiles)) expect(Math.abs(value - 30.5)).toBeLessThan(3);
  });

  it('returns to the usual level after single peaks', () => {
    const values = Float64Array.from({ length: 30 }, (_, k) => (k % 3 === 2 ? 50 : 10));
    const { rule, quantiles } = forecastShortHistory(values, 2, LEVELS);
    expect(rule).toBe('usual level');
    expect([...middle(quantiles)]).toEqual([10, 10]);
    expect(quantiles[2]).toBeGreaterThan(30);
  });

  it('repeats a single value', () => {
    const { quantiles } = forecastShortHistory(Float64Array.of(7), 2, LEVELS);
    expect([...quantiles]).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('has ordered quantiles whatever was measured', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 47 }),
        fc.integer({ min: 1, max: 12 }),
        (history, horizon) => {
          const { quantiles } = forecastShortHistory(Float64Array.from(history), horizon, LEVELS);
          for (let step = 0; step < horizon; step++) {
            const [low, mid, high] = quantiles.subarray(3 * step, 3 * step + 3);
            expect(low! <= mid! && mid! <= high!).toBe(true);
          }
        },
      ),
    );
  });
});
