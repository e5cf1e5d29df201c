import { describe, expect, it } from 'vitest';
import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { linearQuantile } from '#models/families/linear-quantile/linear-quantile.ts';
import {
  seededRandom,
  START_SECONDS,
  withValues,
  dailySeries,
} from '#test/models/synthetic-series.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 3600,
  context: 168,
  horizon: 48,
  levels: [0.1, 0.2, 0.5, 0.8, 0.9],
};

/** x(t) = 5 + 0.9 (x(t − 1) − 5) + u with u uniform in [−1, 1). */
function autoregressive(steps: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const values = new Float64Array(steps).fill(5);
  for (let k = 1; k < steps; k++) values[k] = 5 + 0.9 * (values[k - 1]! - 5) + 2 * random() - 1;
  return values;
}

function fitted(values: Float64Array): RawModel {
  const fit = linearQuantile.fit(withValues(dailySeries(1), values), SHAPE);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return fit.model;
}

function forecast(model: RawModel, history: Float64Array): Float64Array {
  const out = new Float64Array(model.rows * model.columns);
  model.forecastInto(history.subarray(history.length - SHAPE.context), START_SECONDS, out);
  return out;
}

describe('linearQuantile', () => {
  it('learns the course and the spread of an autoregression', () => {
    const all = autoregressive(6000, 1);
    const model = fitted(all.subarray(0, 3000));
    let [error, inside, origins] = [0, 0, 0];
    for (let end = 3000; end < 5900; end += 7) {
      const quantiles = forecast(model, all.subarray(0, end));
      error += Math.abs(quantiles[2]! - (5 + 0.9 * (all[end - 1]! - 5)));
      if (all[end]! > quantiles[0]! && all[end]! < quantiles[4]!) inside++;
      origins++;
    }
    // The noise itself deviates by 0.5 on average.
    expect(error / origins).toBeLessThan(0.15);
    expect(inside / origins).toBeGreaterThan(0.72);
    expect(inside / origins).toBeLessThan(0.88);
  });

  it('gives the same forecasts rolled over a series as one at a time', () => {
    const values = autoregressive(1500, 2);
    const model = fitted(values);
    const steps = [1, 2, 5, 24, 37, 48];
    const roll = model.roll!({ startSeconds: 0, stepSeconds: 3600, values }, steps);
    for (const end of [400, 401, 900, 1500]) {
      const rolled = new Float64Array(steps.length * model.columns);
      roll(end, rolled);
      const full = forecast(model, values.subarray(0, end));
      steps.forEach((step, s) => {
        expect(Array.from(rolled.subarray(s * 5, (s + 1) * 5))).toEqual(
          Array.from(full.subarray((step - 1) * 5, step * 5)),
        );
      });
    }
  });

  it('moves with a new level instead of multiplying it', () => {
    const values = autoregressive(1500, 3);
    const model = fitted(values);
    const shifted = values.map((value) => value + 1000);
    const quantiles = forecast(model, shifted);
    quantiles.forEach((value) => {
      expect(value).toBeGreaterThan(960);
      expect(value).toBeLessThan(1040);
    });
  });

  it('gives a reason if there are too few origins', () => {
    const fit = linearQuantile.fit(withValues(dailySeries(1), autoregressive(120, 4)), SHAPE);
    expect(fit.kind).toBe('too-little-data');
  });
});
