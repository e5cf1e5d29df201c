import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, ForecastShape } from '#models/contract/forecast-model.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import { loadDefined } from '#models/stored/load-model.ts';

const LARGEST = 200_000;
const { context, levels, horizon, network } = DEFAULT_SETTINGS.training;
const { stepSeconds } = DEFAULT_SETTINGS;
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };

const { window } = createSampleFleet({ seed: 1, startSeconds: SAMPLE_START_SECONDS, days: 28 })
  .applications[0]!;
const series = { ...window, values: fillGaps(window.values.cpu, 288) };

/**
 * All candidates for five-minute steps and the network of a cluster: more than any selection
 * contains.
 */
function candidates(shape: ForecastShape): readonly ForecastModel[] {
  const { hidden } = network;
  const specs = lstmParameters({ hidden, levels: levels.length });
  const parameters = initialParameters(specs, createRandom(1));
  const families = [...DEFAULT_FAMILIES, lstmFamily('lstm', { hidden, levels, parameters })];
  const bands = calibrationBands(shape.horizon);
  const random = createRandom(2);
  const models = families.flatMap((family) => {
    const fit = family.fit(series, shape);
    if (fit.kind === 'too-little-data') return [];
    const offsets = Float64Array.from({ length: bands.length * levels.length }, random);
    const scale = { window: scaleWindow(context, 288), bounds: { least: 0.01, most: 50 } };
    return [calibrate(fit.model, { bands, offsets, ...scale })];
  });
  expect(models.length).toBeGreaterThanOrEqual(10);
  return models;
}

describe('a model file', () => {
  it.each([horizon, 576])('of all candidates and %d steps is below 200 kB', async (steps) => {
    const shape = { stepSeconds, context, horizon: steps, levels };
    const model = averageModels('everything', candidates(shape));
    const file = exportModel(model, METADATA);
    expect(file.length).toBeLessThan(LARGEST);

    const forecaster = await loadForecaster(file);
    const history = new Float32Array(series.values.subarray(-context));
    const origin = series.startSeconds + series.values.length * stepSeconds;
    const quantiles = await forecaster.forecast(history, [origin]);
    await forecaster.release();
    const expected = model.forecast(Float64Array.from(history), origin);
    expect(quantiles).toHaveLength(expected.length);
    quantiles.forEach((value, k) =>
      expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(1e-4 * expected[k]!),
    );
  });

  it('carries the definition of every candidate, which forecasts the same to the last bit', async () => {
    const history = new Float32Array(series.values.subarray(-context));
    const origin = series.startSeconds + series.values.length * stepSeconds;
    for (const model of candidates({ stepSeconds, context, horizon, levels })) {
      const file = exportModel(model, METADATA);
      expect(file.length).toBeLessThan(LARGEST);
      const quantiles = await loadDefined(file)!.forecast(history, [origin]);
      const expected = model.forecast(new Float64Array(history), origin);
      expect(quantiles, model.name).toEqual(Float32Array.from(expected));
    }
  });

  it('goes without a definition that would make it too large', async () => {
    const model = averageModels(
      'everything',
      candidates({ stepSeconds, context, horizon, levels }),
    );
    expect(loadDefined(exportModel(model, METADATA))).toBeNull();
  });
});
