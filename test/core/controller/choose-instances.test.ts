import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseInstances } from '#core/controller/choose-instances.ts';
import { addForecastUse } from '#core/evidence/forecast-use.ts';
import { addSampledUse } from '#core/evidence/sampled-use.ts';
import { quantileForecast } from '#test/core/forecasts.ts';

const units = { capacity: 2, margin: 0 };

/**
 * The expected use of four instances by samples alone, read backwards from the last but one value.
 */
function bySamples(values: readonly number[], weights: readonly number[], margin = 0): number[] {
  const pooled = new Float64Array(4);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const samples = {
    ...{ values: [...values.toReversed(), 99], newest: values.length - 1 },
    // Arrays may be longer than what they hold.
    ...{ weights: [...weights, 99], count: values.length, total },
  };
  addSampledUse(pooled, { samples, part: 1 }, { ...units, margin });
  return [...pooled];
}

function byForecast(levels: number[], row: number[], { capacity = 2, count = 4 } = {}): number[] {
  const pooled = new Float64Array(count);
  const forecast = quantileForecast(levels, [row]);
  addForecastUse(pooled, { forecast, step: 0, part: 1 }, { capacity, margin: 0 });
  return [...pooled];
}

describe('addSampledUse', () => {
  it('shares every sample out over the instances it fills', () => {
    // 1 fills half of the first instance; 5 fills two and half of the third.
    expect(bySamples([1, 5], [1, 3])).toEqual([0.875, 0.75, 0.375, 0]);
    expect(bySamples([1, 5], [1, 3], 1)).toEqual([1, 0.75, 0.75, 0]);
  });

  it('adds its part to what others said', () => {
    const pooled = Float64Array.of(0.5, 0.25);
    const samples = { values: [4], newest: 0, weights: [2], count: 1, total: 2 };
    addSampledUse(pooled, { samples, part: 0.5 }, units);
    expect([...pooled]).toEqual([1, 0.75]);
  });
});

describe('addForecastUse', () => {
  it('is the area below the chance of more, linear between the levels', () => {
    const shares = byForecast([0.25, 0.75], [2, 4]);
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
    const values = Array.from({ length: 20_000 }, (_, k) => 10 * ((k + 0.5) / 20_000) ** 2);
    const drawn = bySamples(
      values,
      values.map(() => 1),
    );
    byForecast(levels, row).forEach((share, k) => expect(share).toBeCloseTo(drawn[k]!, 2));
  });

  it('gives shares between 0 and 1 that never increase', () => {
    const rows = fc
      .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 })
      .map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 50, noNaN: true }), (row, capacity) => {
        const shares = byForecast([0.1, 0.5, 0.9], row, { capacity, count: 30 });
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
