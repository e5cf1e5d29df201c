import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '#models/calibration/calibrate.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type {
  ForecastModel,
  ForecastShape,
  ModelFamily,
  RawModel,
} from '#models/contract/forecast-model.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { modelForecaster } from '#models/rolling/model-forecaster.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';
import { loadDefined } from '#models/stored/load-model.ts';
import {
  dailySeries,
  seededRandom,
  spikySeries,
  START_SECONDS,
  STEP_SECONDS,
} from './synthetic-series.ts';

const SHAPE: ForecastShape = {
  stepSeconds: STEP_SECONDS,
  context: 200,
  horizon: 60,
  levels: [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99],
};
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };
const BANDS = calibrationBands(SHAPE.horizon);

/**
 * Offsets that neither increase with the level nor stay on one side, so that sorting and clamping
 * are needed.
 */
function unsortedOffsets(seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: BANDS.length * SHAPE.levels.length }, () => 4 * random() - 2);
}

function fitted(family: ModelFamily): RawModel {
  const fit = family.fit(dailySeries(500), SHAPE);
  if (fit.kind !== 'fitted') throw new Error(`${family.name}: ${fit.reason}`);
  return fit.model;
}

function calibrated(raw: RawModel, seed: number): ForecastModel {
  const window = scaleWindow(SHAPE.context, 24);
  return calibrate(raw, {
    bands: BANDS,
    offsets: unsortedOffsets(seed),
    window,
    bounds: { least: 0.01, most: 50 },
  });
}

const value = fc.oneof(
  fc.constant(0),
  fc.float({ min: 0, max: 10, noNaN: true }),
  fc.float({ min: 0, max: 1e6, noNaN: true }),
);
const row = fc.tuple(
  fc.array(value, { minLength: SHAPE.context, maxLength: SHAPE.context }),
  fc.integer({ min: 0, max: 2 ** 31 }),
);
const batch = fc.array(row, { minLength: 1, maxLength: 3 });

/**
 * Largest error relative to the forecast, or relative to a thousandth of the largest value if the
 * forecast is nearly 0. The definition that the file carries gives the same to the last bit.
 */
async function expectEqual(
  model: ForecastModel,
  rows: readonly (readonly [readonly number[], number])[],
) {
  const file = exportModel(model, METADATA);
  const forecaster = await loadForecaster(file);
  const history = Float32Array.from(rows.flatMap(([values]) => values));
  const found = await forecaster.forecast(
    history,
    rows.map(([, origin]) => origin),
  );
  const { context, horizon, levels } = model.shape;
  const size = horizon * levels.length;
  expect(found).toHaveLength(rows.length * size);
  rows.forEach(([, origin], k) => {
    const past = Float64Array.from(history.subarray(k * context, (k + 1) * context));
    const expected = model.forecast(past, origin);
    const least = 1e-3 * past.reduce((most, v) => Math.max(most, v), 0) + 1e-9;
    let worst = 0;
    for (let at = 0; at < size; at++) {
      const difference = Math.abs(found[k * size + at]! - expected[at]!);
      worst = Math.max(worst, difference / Math.max(least, Math.abs(expected[at]!)));
    }
    expect(worst).toBeLessThanOrEqual(1e-4);
    for (const steps of [1, 7, horizon]) {
      expect(model.forecast(past, origin, steps)).toEqual(
        expected.subarray(0, steps * levels.length),
      );
    }
  });
  const steps = 4;
  const width = steps * levels.length;
  const origins = rows.map(([, origin]) => origin);
  const near = await forecaster.forecast(history, origins, firstSteps(steps));
  rows.forEach((_, k) =>
    expect(near.subarray(k * width, (k + 1) * width)).toEqual(
      found.subarray(k * size, k * size + width),
    ),
  );
  await expect(modelForecaster(model).forecast(history.subarray(1), origins)).rejects.toThrow(
    RangeError,
  );
  const same = await modelForecaster(model).forecast(history, origins, firstSteps(steps));
  const stored = loadDefined(file)!;
  expect(await stored.forecast(history, origins, firstSteps(steps))).toEqual(same);
  expect(await stored.forecast(history, origins)).toEqual(
    await modelForecaster(model).forecast(history, origins),
  );
  expect(same).toHaveLength(near.length);
  rows.forEach(([, origin], k) => {
    const past = Float64Array.from(history.subarray(k * context, (k + 1) * context));
    expect(same.subarray(k * width, (k + 1) * width)).toEqual(
      Float32Array.from(model.forecast(past, origin, steps)),
    );
  });
}

function expectProper(quantiles: Float64Array, levels: number): void {
  for (let k = 0; k < quantiles.length; k++) {
    expect(quantiles[k]).toBeGreaterThanOrEqual(k % levels === 0 ? 0 : quantiles[k - 1]!);
  }
}

describe.each(DEFAULT_FAMILIES.map((family) => [family.name, family] as const))(
  '%s',
  (_name, family) => {
    const raw = fitted(family);

    it('gives the same forecasts in ONNX Runtime, in TypeScript and read back from its file', async () => {
      const model = calibrated(raw, 7);
      await fc.assert(
        fc.asyncProperty(batch, (rows) => expectEqual(model, rows)),
        { numRuns: 10 },
      );
    });

    it('never forecasts below zero and never crosses', () => {
      fc.assert(
        fc.property(row, fc.integer({ min: 1, max: 5 }), ([values, origin], seed) => {
          const quantiles = calibrated(raw, seed).forecast(Float64Array.from(values), origin);
          expectProper(quantiles, SHAPE.levels.length);
        }),
        { numRuns: 10 },
      );
    });
  },
);

describe('a model joined by horizon', () => {
  const [first, second, third] = DEFAULT_FAMILIES.slice(2).map((family) =>
    calibrated(fitted(family), 3),
  );
  const parts = [
    { band: { first: 1, last: 3 }, model: first! },
    { band: { first: 4, last: 48 }, model: second! },
    { band: { first: 49, last: 60 }, model: third! },
  ];

  it('gives the same forecasts in ONNX Runtime and in TypeScript', async () => {
    const model = joinByHorizon('joined', parts);
    await fc.assert(
      fc.asyncProperty(batch, (rows) => expectEqual(model, rows)),
      { numRuns: 6 },
    );
  });

  it('takes every step from its own model', () => {
    const history = Float64Array.from(dailySeries(SHAPE.context).values);
    const joined = joinByHorizon('joined', parts).forecast(history, START_SECONDS);
    const levels = SHAPE.levels.length;
    for (const { band, model } of parts) {
      const [from, to] = [(band.first - 1) * levels, band.last * levels];
      expect(joined.subarray(from, to)).toEqual(
        model.forecast(history, START_SECONDS).subarray(from, to),
      );
    }
  });
});

describe('a trained model', () => {
  it.each([
    ['daily', dailySeries(800)],
    ['spiky', spikySeries(800)],
  ])('of a %s series gives the same forecasts in ONNX Runtime', async (_name, series) => {
    const result = trainModel(series, SHAPE, { resource: 'cpu', unit: 'cores', origins: 6 });
    if (result.kind !== 'trained') throw new Error(result.reason);
    await fc.assert(
      fc.asyncProperty(batch, (rows) => expectEqual(result.model, rows)),
      { numRuns: 6 },
    );
  });
});
