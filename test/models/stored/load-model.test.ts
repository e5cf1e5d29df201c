import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { seasonalNaiveDay } from '#models/families/naive/seasonal-naive.ts';
import { machinePool } from '#models/families/pool/learned-pool.ts';
import { exponentialSmoothing } from '#models/families/smoothing/exponential-smoothing.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { UnusableModel, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';
import { loadDefined, loadModel } from '#models/stored/load-model.ts';
import { dailySeries, START_SECONDS, STEP_SECONDS } from '../synthetic-series.ts';

const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };
const SHAPE: ForecastShape = {
  stepSeconds: STEP_SECONDS,
  context: 200,
  horizon: 30,
  levels: [0.1, 0.5, 0.9],
  seasons: [12, 60],
};
const HISTORY = Float32Array.from(dailySeries(SHAPE.context).values);

function member(family: typeof exponentialSmoothing): ForecastModel {
  const fit = family.fit(dailySeries(600), SHAPE);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return calibrated(fit.model);
}

function calibrated(raw: RawModel): ForecastModel {
  const bands = calibrationBands(SHAPE.horizon);
  const offsets = Float64Array.from({ length: 3 * bands.length }, (_, k) => Math.sin(k));
  const window = scaleWindow(SHAPE.context, 24);
  return calibrate(raw, { bands, offsets, window, bounds: { least: 0.01, most: 50 } });
}

/** A mean of two, then one of them alone: what a training selects. */
let model: ForecastModel;
let file: Uint8Array;

beforeAll(() => {
  const [smoothing, pool] = [exponentialSmoothing, machinePool].map(member) as [
    ForecastModel,
    ForecastModel,
  ];
  const mean = averageModels('mean', [smoothing, pool]);
  model = joinByHorizon('joined', [
    { band: { first: 1, last: 3 }, model: mean },
    { band: { first: 4, last: 12 }, model: mean },
    { band: { first: 13, last: 30 }, model: smoothing },
  ]);
  file = exportModel(model, METADATA);
});

/** Fails instead of loading a graph. */
const refuseGraph = (): Promise<Forecaster> => Promise.reject(new Error('asked for the graph'));

/** The texts must have the same length, so that the file stays well formed. */
function replaced(from: string, to: string): Uint8Array {
  const text = Buffer.from(file).toString('latin1');
  expect(text).toContain(from);
  return Uint8Array.from(Buffer.from(text.replace(from, to), 'latin1'));
}

describe('loadModel', () => {
  it('asks a model of ours by its definition, which forecasts the same to the last bit', async () => {
    const { metadata, forecast } = await loadModel(file, refuseGraph);
    expect(metadata).toMatchObject({ model: 'joined', resource: 'cpu', unit: 'cores' });
    for (const steps of [1, 3, 4, 13, 30]) {
      const quantiles = await forecast(HISTORY, [START_SECONDS], [steps]);
      const expected = model.forecast(new Float64Array(HISTORY), START_SECONDS, steps);
      expect(quantiles).toEqual(Float32Array.from(expected));
    }
  });

  it('stores a member once, wherever it is used', () => {
    const alone = exportModel(member(exponentialSmoothing), METADATA).length;
    const pool = exportModel(member(machinePool), METADATA).length;
    expect(file.length).toBeLessThan(alone + pool);
  });

  it('asks the graph where the definition is of another version', async () => {
    const later = replaced('"version":1,', '"version":2,');
    expect(loadDefined(later)).toBeNull();
    await expect(loadModel(later, refuseGraph)).rejects.toThrow('asked for the graph');
  });

  it('asks the graph where a member has no definition', async () => {
    const { definition, ...foreign } = member(seasonalNaiveDay);
    expect(definition).toBeDefined();
    const mean = averageModels('mean', [foreign, member(machinePool)]);
    const mixed = joinByHorizon('mixed', [
      { band: { first: 1, last: 12 }, model: member(machinePool) },
      { band: { first: 13, last: 30 }, model: mean },
    ]);
    for (const one of [mean, mixed]) {
      const graph = exportModel(one, METADATA);
      expect(loadDefined(graph)).toBeNull();
      await expect(loadModel(graph, refuseGraph)).rejects.toThrow('asked for the graph');
    }
  });

  it.each([
    ['another word', '"damping"', '"dumping"'],
    ['a number that is none', '"least":0.01', '"least":null'],
    ['broken JSON', '{"version"', '["version"'],
    ['a member that is missing', '"members":[0,1]', '"members":[0,7]'],
    ['a family that is none', '"learned-pool"', '"learnt-pools"'],
  ])('refuses a definition with %s', (_, from, to) => {
    const changed = replaced(from, to);
    expect(() => loadDefined(changed)).toThrow(UnusableModel);
    expect(() => loadDefined(changed)).toThrow(/its definition cannot be read/);
  });
});
