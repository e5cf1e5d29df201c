import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { empiricalQuantile, empiricalQuantiles } from '#models/numeric/empirical-quantile.ts';

describe('empiricalQuantile', () => {
  it('agrees with NumPy (test/golden/models/empirical-quantiles.json)', () => {
    const golden = JSON.parse(
      readFileSync('test/golden/models/empirical-quantiles.json', 'utf8'),
    ) as {
      readonly probabilities: readonly number[];
      readonly cases: readonly {
        readonly values: readonly number[];
        readonly quantiles: readonly number[];
      }[];
    };
    expect(golden.cases.length).toBeGreaterThan(2);
    for (const { values, quantiles } of golden.cases) {
      empiricalQuantiles(values, golden.probabilities).forEach((quantile, k) => {
        expect(quantile).toBeCloseTo(quantiles[k]!, 10);
      });
    }
  });

  it('does not change its input', () => {
    const values = Object.freeze([3, 1, 2]);
    expect(empiricalQuantile(values, 0.5)).toBe(2);
  });

  it('refuses an empty list and probabilities outside [0, 1]', () => {
    expect(() => empiricalQuantile([], 0.5)).toThrow(RangeError);
    expect(() => empiricalQuantile([1], 1.5)).toThrow('a probability lies in [0, 1], not 1.5');
    expect(() => empiricalQuantile([1], NaN)).toThrow(RangeError);
  });
});
