import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { horizonMixture } from '#models/families/horizon-mixture/horizon-mixture.ts';
import { samplePlan } from '#models/families/horizon-mixture/sample-plan.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { addRawRows } from '#models/onnx/raw-rows.ts';
import {
  dailySeries,
  seededRandom,
  START_SECONDS,
  withValues,
} from '#test/models/synthetic-series.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 300,
  context: 1000,
  horizon: 300,
  levels: [0.05, 0.25, 0.5, 0.75, 0.95],
};

function fitted(values: Float64Array, shape = SHAPE): RawModel {
  const fit = horizonMixture.fit(withValues(dailySeries(1), values), shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return fit.model;
}

function forecast(model: RawModel, history: Float64Array): Float64Array {
  const out = new Float64Array(model.rows * model.columns);
  model.forecastInto(history.subarray(history.length - model.shape.context), START_SECONDS, out);
  return out;
}

describe('horizonMixture', () => {
  it('forecasts only what was seen, in increasing order', () => {
    const values = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), {
      minLength: 1100,
      maxLength: 1100,
    });
    fc.assert(
      fc.property(values, (list) => {
        const history = Float64Array.from(list);
        const quantiles = forecast(fitted(history), history);
        const [least, most] = [Math.min(...list), Math.max(...list)];
        quantiles.forEach((value, k) => {
          expect(value).toBeGreaterThanOrEqual(k % 5 === 0 ? least : quantiles[k - 1]!);
          expect(value).toBeLessThanOrEqual(most + 1e-9);
        });
      }),
      { numRuns: 10 },
    );
  });

  it('follows the last values at first and the time of day a day ahead', () => {
    // Twelve hours of 1, twelve of 9, and just now an exception.
    const history = Float64Array.from({ length: 2000 }, (_, k) => (k % 288 < 144 ? 1 : 9));
    history.fill(4, 1980);
    const quantiles = forecast(fitted(history), history);
    expect(quantiles[2]).toBe(4);
    const wanted = [...Array(40).keys()].map((k) => 250 + k);
    for (const step of wanted) {
      const expected = (2000 + step - 1) % 288 < 144 ? 1 : 9;
      const edge = Math.min((2000 + step - 1) % 144, 144 - ((2000 + step - 1) % 144));
      if (edge > 14) expect(quantiles[(step - 1) * 5 + 2]).toBe(expected);
    }
  });

  it('gives the same forecasts rolled over a series as one by one', () => {
    const random = seededRandom(4);
    const values = Float64Array.from({ length: 2500 }, () => random() ** 4);
    const model = fitted(values);
    const steps = [1, 2, 5, 30, 37, 299];
    const roll = model.roll!({ startSeconds: 0, stepSeconds: 3600, values }, steps);
    for (const end of [1000, 1001, 1500, 2500]) {
      const rolled = new Float64Array(steps.length * 5);
      roll(end, rolled);
      const full = forecast(model, values.subarray(0, end));
      steps.forEach((step, s) => {
        expect(Array.from(rolled.subarray(s * 5, (s + 1) * 5))).toEqual(
          Array.from(full.subarray((step - 1) * 5, step * 5)),
        );
      });
    }
  });

  it('computes any range of the horizon by nodes of its own, as in the whole forecast', async () => {
    const random = seededRandom(7);
    const values = Float64Array.from({ length: 1500 }, () => random() ** 3);
    const model = fitted(values);
    const whole = forecast(model, values);
    for (const [first, last] of [
      [1, 1],
      [1, 24],
      [5, 9],
      [12, 12],
      [277, 300],
    ] as const) {
      const horizon = last - first + 1;
      const file = exportModel(
        {
          name: 'part',
          shape: { ...SHAPE, horizon },
          addTo: (graph, inputs) =>
            addRawRows(graph, inputs, { raw: model, range: { first, last } }),
        },
        { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 },
      );
      const forecaster = await loadForecaster(file);
      const part = await forecaster.forecast(new Float32Array(values.subarray(-1000)), [0]);
      await forecaster.release();
      expect(part.length).toBe(horizon * 5);
      part.forEach((value, k) => expect(value).toBeCloseTo(whole[(first - 1) * 5 + k]!, 5));
    }
  });

  it('weighs its points with whole numbers whose sum is exact in float32', () => {
    const plan = samplePlan(SHAPE);
    const count = plan.fixedCount + plan.seasonOffsets.length;
    plan.grid.forEach((_, row) => {
      const own = plan.weights.subarray(row * count, (row + 1) * count);
      const total = own.reduce((sum, weight) => sum + weight, 0);
      expect(own.every(Number.isInteger)).toBe(true);
      expect(Math.abs(total - 2 ** 22)).toBeLessThan(count);
    });
  });

  it('gives the weight of windows that a short context does not hold to everything', () => {
    const values = new Float64Array(40).fill(2);
    const quantiles = forecast(fitted(values, { ...SHAPE, context: 5, horizon: 400 }), values);
    expect(quantiles.every((value) => value === 2)).toBe(true);
  });
});
