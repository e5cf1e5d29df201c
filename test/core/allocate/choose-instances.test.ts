import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseInstances } from '#core/allocate/choose-instances.ts';
import { forecastUse } from '#core/allocate/forecast-use.ts';
import { sampledUse } from '#core/allocate/sampled-use.ts';
import { poolUse } from '#core/allocate/use-distribution.ts';
import { quantileForecast } from '../forecasts.ts';

const units = { capacity: 2, margin: 0, count: 4 };

describe('sampledUse', () => {
  it('shares every sample out over the instances it fills', () => {
    const samples = { values: Float64Array.of(1, 5), weights: Float64Array.of(1, 3), total: 4 };
    // 1 fills half of the first instance; 5 fills two and half of the third.
    expect([...sampledUse(samples).marginalUse(units)]).toEqual([0.875, 0.75, 0.375, 0]);
    expect([...sampledUse(samples).marginalUse({ ...units, margin: 1 })]).toEqual([
      1, 0.75, 0.75, 0,
    ]);
  });

  it('refuses weights that sum to nothing', () => {
    const none = { values: Float64Array.of(1), weights: Float64Array.of(0), total: 0 };
    expect(() => sampledUse(none)).toThrow('1 samples sum to 0');
    expect(() => poolUse([])).toThrow('sum to 0');
  });
});

describe('forecastUse', () => {
  it('is the area below the chance of more, linear between the levels', () => {
    const use = forecastUse(quantileForecast([0.25, 0.75], [[2, 4]]), 0);
    const shares = use.marginalUse(units);
    // Below 2 always used; from 2 to 4 the chance falls from 0.75 to 0.25.
    expect(shares[0]).toBeCloseTo(1, 12);
    expect(shares[1]).toBeCloseTo(0.5, 12);
    // Beyond 4 a quarter is left over an exponential tail of (4 − 2) ÷ ln 3.
    const tail = 2 / Math.log(3);
    expect(shares[2]).toBeCloseTo((0.25 * tail * (1 - Math.exp(-2 / tail))) / 2, 12);
  });

  it('agrees with the mean of many draws from the same quantiles', () => {
    const levels = Array.from({ length: 199 }, (_, k) => (k + 1) / 200);
    const row = levels.map((level) => 10 * level * level);
    const exact = forecastUse(quantileForecast(levels, [row]), 0).marginalUse(units);
    const values = Float64Array.from({ length: 20_000 }, (_, k) => 10 * ((k + 0.5) / 20_000) ** 2);
    const weights = values.map(() => 1);
    const drawn = sampledUse({ values, weights, total: 20_000 }).marginalUse(units);
    exact.forEach((share, k) => expect(share).toBeCloseTo(drawn[k]!, 2));
  });

  it('gives shares between 0 and 1 that never increase', () => {
    const rows = fc
      .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 })
      .map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 50, noNaN: true }), (row, capacity) => {
        const use = forecastUse(quantileForecast([0.1, 0.5, 0.9], [row]), 0);
        const shares = use.marginalUse({ capacity, margin: 0, count: 30 });
        shares.forEach((share, k) => {
          expect(share).toBeGreaterThanOrEqual(-1e-9);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
          if (k > 0) expect(share).toBeLessThanOrEqual(shares[k - 1]! + 1e-9);
        });
      }),
    );
  });
});

describe('chooseInstances', () => {
  const shares = (...rows: number[][]) => rows.map((row) => Float64Array.from(row));

  it('asks for those that pay at the end of the lead time', () => {
    const rows = shares([1, 1, 1], [1, 1, 0.5], [1, 0.2, 0.05]);
    expect(chooseInstances(rows, { quantile: 0.9, current: 0 })).toEqual({ asked: 2, kept: 2 });
    expect(chooseInstances(rows, { quantile: 0.96, current: 0 }).asked).toBe(3);
  });

  it('keeps one that pays now although it would not be asked for, and gives it back later', () => {
    const soon = shares([1, 1, 0.5], [1, 1, 0.01], [1, 1, 0.01]);
    expect(chooseInstances(soon, { quantile: 0.9, current: 3 })).toEqual({ asked: 2, kept: 3 });
    const over = shares([1, 1, 0.01], [1, 1, 0.01], [1, 1, 0.01]);
    expect(chooseInstances(over, { quantile: 0.9, current: 3 })).toEqual({ asked: 2, kept: 2 });
  });

  it('keeps one that does not pay now but will before another could start', () => {
    const rows = shares([1, 0.06], [1, 0.2], [1, 0.05]);
    expect(chooseInstances(rows, { quantile: 0.9, current: 2 })).toEqual({ asked: 1, kept: 2 });
  });
});
