import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainModel } from '#models/selection/train-model.ts';

const DAY = 86_400;
const HORIZON = 12;

/** Medians of the next steps of these values, one a day. */
function medians(values: Float64Array): readonly number[] {
  const result = trainModel(
    { startSeconds: 0, stepSeconds: DAY, values },
    {
      stepSeconds: DAY,
      context: Math.min(168, values.length),
      horizon: HORIZON,
      levels: [0.1, 0.5, 0.9],
      seasons: [],
    },
    { resource: 'y', unit: '', origins: 8 },
  );
  if (result.kind !== 'trained') throw new Error(result.reason);
  const { model } = result;
  const forecast = model.forecast(values.slice(-model.shape.context), values.length * DAY);
  return Array.from({ length: HORIZON }, (_, step) => forecast[3 * step + 1] ?? NaN);
}

describe('a short series along a line', () => {
  it('goes on along it, whatever its length and slope', () => {
    const line = fc.record({
      length: fc.integer({ min: 48, max: 240 }),
      start: fc.integer({ min: 2000, max: 5000 }),
      slope: fc.integer({ min: -8, max: 8 }),
    });
    fc.assert(
      fc.property(line, ({ length, start, slope }) => {
        const values = Float64Array.from({ length }, (_, k) => start + slope * k);
        medians(values).forEach((median, step) => {
          expect(Math.abs(median - (start + slope * (length + step)))).toBeLessThan(0.01);
        });
      }),
      { numRuns: 25 },
    );
  });
});
