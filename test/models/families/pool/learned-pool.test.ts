import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { COMPONENT_COUNT } from '#models/families/pool/component-layout.ts';
import { learnedPool, machinePool } from '#models/families/pool/learned-pool.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { uncalibrated } from '#models/onnx/raw-rows.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 300,
  context: 700,
  horizon: 320,
  levels: [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99],
};
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };

function fitted(family = machinePool, shape = SHAPE): RawModel {
  const values = new Float64Array(shape.context);
  const fit = family.fit({ startSeconds: 0, stepSeconds: shape.stepSeconds, values }, shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return fit.model;
}

function forecast(model: RawModel, history: Float64Array): Float64Array {
  const out = new Float64Array(model.rows * model.columns);
  model.forecastInto(history, 0, out);
  return out;
}

const value = fc.oneof(
  fc.constantFrom(0, 8),
  fc.float({ min: 0, max: 10, noNaN: true }),
  fc.float({ min: 0, max: 1e6, noNaN: true }),
);
const historyOf = (length: number) =>
  fc
    .array(value, { minLength: length, maxLength: length, size: 'max' })
    .map((values) => Float64Array.from(values));

describe('learnedPool', () => {
  it('gives exactly the same values in ONNX Runtime and in TypeScript', async () => {
    const shapes: ForecastShape[] = [
      SHAPE,
      { ...SHAPE, context: 100, horizon: 20 },
      { ...SHAPE, stepSeconds: 3600, context: 168, horizon: 48 },
      { ...SHAPE, stepSeconds: 3600, context: 168, horizon: 61 },
      { ...SHAPE, stepSeconds: 700, context: 50, horizon: 10, seasons: [] },
    ];
    for (const shape of shapes) {
      const model = fitted(machinePool, shape);
      const forecaster = await loadForecaster(exportModel(uncalibrated(model), METADATA));
      await fc.assert(
        fc.asyncProperty(historyOf(shape.context), async (history) => {
          const quantiles = await forecaster.forecast(Float32Array.from(history), [0]);
          expect(Float64Array.from(quantiles)).toEqual(forecast(model, history));
        }),
        { numRuns: 15 },
      );
    }
  });

  it('forecasts values of the history that do not cross, and scales with the unit', () => {
    const model = fitted();
    fc.assert(
      fc.property(historyOf(SHAPE.context), (history) => {
        const quantiles = forecast(model, history);
        const seen = new Set(history);
        expect(quantiles.every((quantile) => seen.has(quantile))).toBe(true);
        const columns = SHAPE.levels.length;
        expect(quantiles.every((q, k) => k % columns === 0 || q >= quantiles[k - 1]!)).toBe(true);
        const doubled = forecast(
          model,
          history.map((v) => 2 * v),
        );
        expect(doubled).toEqual(quantiles.map((q) => 2 * q));
      }),
      { numRuns: 20 },
    );
  });

  it('rolls over a series with exactly the forecasts of its windows', () => {
    const model = fitted();
    const steps = [1, 5, 288, 320];
    const columns = SHAPE.levels.length;
    const rolledAt = fc.uniqueArray(fc.integer({ min: SHAPE.context, max: 1700 }), {
      minLength: 3,
    });
    fc.assert(
      fc.property(historyOf(1700), rolledAt, (values, ends) => {
        const roll = model.roll!({ startSeconds: 0, stepSeconds: 3600, values }, steps);
        const out = new Float64Array(steps.length * columns);
        for (const end of ends.toSorted((a, b) => a - b)) {
          roll(end, out);
          const whole = forecast(model, values.slice(end - SHAPE.context, end));
          const expected = steps.flatMap((s) => [
            ...whole.subarray((s - 1) * columns, s * columns),
          ]);
          expect([...out]).toEqual(expected);
        }
        expect(() => roll(SHAPE.context - 1, out)).toThrow(RangeError);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the quantiles of one window if all weight is on it', () => {
    const only = (component: number) =>
      learnedPool('one', {
        knotSeconds: [300],
        shares: [Array.from({ length: COMPONENT_COUNT }, (_, c) => (c === component ? 1 : 0))],
      });
    const history = Float64Array.from({ length: SHAPE.context }, (_, k) => k);
    const median = (component: number, step: number): number =>
      forecast(fitted(only(component)), history)[(step - 1) * SHAPE.levels.length + 3]!;
    // The last half hour: points 694 to 699, the third of which reaches half the weight.
    expect(median(3, 50)).toBe(696);
    // The same time yesterday ± 30 minutes; for the second day ahead the same time the day before.
    const near = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(15);
    near(median(13, 100), 700 - 288 + 99);
    near(median(13, 288 + 12), median(13, 12));
  });

  it('uses longer windows for steps further ahead', () => {
    const history = Float64Array.from({ length: 700 }, (_, k) => (k < 690 ? 1 : 5));
    const quantiles = forecast(fitted(), history);
    const columns = SHAPE.levels.length;
    const median = Float64Array.from({ length: 320 }, (_, row) => quantiles[row * columns + 3]!);
    expect(median[0]).toBe(5);
    expect(median[319]).toBe(1);
  });

  it('requires one share per component', () => {
    const odd = learnedPool('odd', { knotSeconds: [300], shares: [[1, 2]] });
    expect(() => fitted(odd)).toThrow(/2 shares/);
  });
});
