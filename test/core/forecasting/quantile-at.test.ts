import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakQuantile, quantileAt } from '#core/forecasting/quantile-at.ts';
import { quantileForecast } from '#test/core/forecasts.ts';

const rows = fc.array(
  fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
  { minLength: 1, maxLength: 6 },
);
const sorted = rows.map((values) => values.map((row) => [...row].sort((a, b) => a - b)));
const level = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('quantileAt', () => {
  const forecast = quantileForecast(
    [0.1, 0.5, 0.9],
    [
      [1, 2, 6],
      [3, 3, 3],
    ],
  );

  it('returns the value of a level of the model', () => {
    expect(quantileAt(forecast, 0, 0.5)).toBe(2);
  });

  it('interpolates between levels and is constant beyond them', () => {
    expect(quantileAt(forecast, 0, 0.7)).toBeCloseTo(4, 12);
    expect(quantileAt(forecast, 0, 0.01)).toBe(1);
    expect(quantileAt(forecast, 0, 0.99)).toBe(6);
  });

  it('refuses a step outside the horizon, and names it', () => {
    expect(() => quantileAt(forecast, 2, 0.5)).toThrow(/step 2 .* 2 steps/);
  });

  it('never decreases with the level', () => {
    fc.assert(
      fc.property(sorted, level, level, (values, a, b) => {
        const some = quantileForecast([0.1, 0.5, 0.9], values);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(quantileAt(some, 0, low)).toBeLessThanOrEqual(quantileAt(some, 0, high) + 1e-9);
      }),
    );
  });
});

describe('peakQuantile', () => {
  it('is the largest quantile of the first steps', () => {
    fc.assert(
      fc.property(sorted, level, (values, at) => {
        const some = quantileForecast([0.1, 0.5, 0.9], values);
        const each = values.map((_, step) => quantileAt(some, step, at));
        expect(peakQuantile(some, values.length, at)).toBe(Math.max(...each));
        expect(peakQuantile(some, 1, at)).toBe(each[0]);
      }),
    );
  });
});
