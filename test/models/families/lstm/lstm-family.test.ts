import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { uncalibrated } from '#models/onnx/raw-rows.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 300,
  context: 700,
  horizon: 300,
  levels: [0.05, 0.1, 0.5, 0.9, 0.95],
};
const HIDDEN = 8;
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };

/** Weights larger than training begins with, so that every gate and increment matters. */
function modelOf(shape: ForecastShape, seed: number): RawModel {
  const { levels } = shape;
  const specs = lstmParameters({ hidden: HIDDEN, levels: levels.length });
  const parameters = initialParameters(specs, createRandom(seed)).map((weight) => 2 * weight);
  const family = lstmFamily('lstm', { hidden: HIDDEN, levels, parameters });
  const fit = family.fit({ startSeconds: 0, stepSeconds: 300, values: new Float64Array() }, shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return fit.model;
}

const value = fc.oneof(
  fc.constantFrom(0, 8),
  fc.float({ min: 0, max: 10, noNaN: true }),
  fc.float({ min: 0, max: 1e6, noNaN: true }),
);
const histories = (length: number) =>
  fc.oneof(
    fc
      .array(value, { minLength: length, maxLength: length, size: 'max' })
      .map((values) => Float64Array.from(values)),
    value.map((one) => new Float64Array(length).fill(one)),
    fc.tuple(value, fc.nat(length - 1)).map(([one, k]) => {
      return new Float64Array(length).fill(one, k, k + 1);
    }),
  );

function forecast(model: RawModel, history: Float64Array): Float64Array {
  const out = new Float64Array(model.rows * model.columns);
  model.forecastInto(history, 0, out);
  return out;
}

describe('lstmFamily', () => {
  it('says the same in ONNX Runtime and in TypeScript, whatever the shape', async () => {
    const shapes: ForecastShape[] = [
      SHAPE,
      { ...SHAPE, context: 40, horizon: 12 },
      { ...SHAPE, stepSeconds: 3600, context: 200, horizon: 48 },
      { ...SHAPE, context: 90, horizon: 20, seasons: [] },
    ];
    for (const [seed, shape] of shapes.entries()) {
      const model = modelOf(shape, seed);
      const forecaster = await loadForecaster(exportModel(uncalibrated(model), METADATA));
      await fc.assert(
        fc.asyncProperty(histories(shape.context), async (history) => {
          const expected = forecast(model, history);
          const found = await forecaster.forecast(Float32Array.from(history), [0]);
          const least = 1e-3 * history.reduce((most, v) => Math.max(most, v), 0) + 1e-9;
          expected.forEach((quantile, k) => {
            const error = Math.abs(found[k]! - quantile) / Math.max(least, quantile);
            expect(error).toBeLessThan(1e-4);
          });
        }),
        { numRuns: 8 },
      );
      await forecaster.release();
    }
  });

  it('never crosses, is never negative, and is finite for idle and constant windows', () => {
    const model = modelOf(SHAPE, 3);
    fc.assert(
      fc.property(histories(SHAPE.context), (history) => {
        const found = forecast(model, history);
        expect(found.every((quantile) => Number.isFinite(quantile) && quantile >= 0)).toBe(true);
        const levels = SHAPE.levels.length;
        expect(found.every((q, k) => k % levels === 0 || q >= found[k - 1]!)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('rolls to the forecasts of single windows at the steps that are wanted', () => {
    const model = modelOf(SHAPE, 4);
    const values = Float64Array.from({ length: 720 }, (_, k) => 2 + Math.sin(k / 9));
    const steps = [1, 12, 300];
    const out = new Float64Array(steps.length * SHAPE.levels.length);
    model.roll!({ startSeconds: 0, stepSeconds: 300, values }, steps)(711, out);
    const whole = forecast(model, values.slice(11, 711));
    steps.forEach((step, s) => {
      SHAPE.levels.forEach((_, k) => {
        const expected = whole[(step - 1) * SHAPE.levels.length + k]!;
        expect(out[s * SHAPE.levels.length + k]).toBeCloseTo(expected, 9);
      });
    });
  });

  it('stays below 200 kB for two days of five-minute steps and fifteen levels', () => {
    const levels = Array.from({ length: 15 }, (_, k) => (k + 1) / 16);
    const shape = { ...SHAPE, context: 2016, horizon: 576, levels };
    const hidden = 24;
    const specs = lstmParameters({ hidden, levels: 15 });
    const parameters = initialParameters(specs, createRandom(1));
    const fit = lstmFamily('lstm', { hidden, levels, parameters }).fit(
      { startSeconds: 0, stepSeconds: 300, values: new Float64Array() },
      shape,
    );
    if (fit.kind !== 'fitted') throw new Error(fit.reason);
    expect(exportModel(uncalibrated(fit.model), METADATA).length).toBeLessThan(200_000);
  });

  it('refuses levels that it was not trained for', () => {
    const family = lstmFamily('lstm', { hidden: 8, levels: [0.5], parameters: new Float32Array() });
    const series = { startSeconds: 0, stepSeconds: 300, values: new Float64Array() };
    expect(family.fit(series, SHAPE).kind).toBe('too-little-data');
  });
});
