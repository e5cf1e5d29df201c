import { describe, expect, it } from 'vitest';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadNearForecaster } from '#models/onnx/near-forecaster.ts';
import { nearPart } from '#models/onnx/near-part.ts';
import { loadForecaster, UnusableModel } from '#models/onnx/onnx-forecaster.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';

const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };
const SHAPE = { stepSeconds: 900, context: 4, horizon: 40, levels: [0.1, 0.9] };
/** Two hours. */
const NEAR_STEPS = 8;

/**
 * Forecasts h times the last value for step h, and records the ranges that graphs are built for.
 */
function stepsModel(name: string, ranges: HorizonRange[], horizon = SHAPE.horizon): ForecastModel {
  const shape = { ...SHAPE, horizon };
  return {
    name,
    shape,
    forecast: (history, _origin, steps = horizon) =>
      Float64Array.from({ length: 2 * steps }, (_, k) => history[3]! * (1 + Math.floor(k / 2))),
    addTo: (graph, { history }, range) => {
      ranges.push(range);
      const { first, last } = range;
      const times = Array.from({ length: 2 * (last - first + 1) }, (_, k) => first + (k >> 1));
      const newest = graph.op('Gather', [history, graph.ints([3], [1])], { axis: 1 });
      const flat = graph.op('Mul', [newest, graph.floats(times, [1, times.length])]);
      return graph.op('Reshape', [flat, graph.ints([0, times.length / 2, 2], [3])]);
    },
  };
}

const batch = Float32Array.of(0, 0, 0, 2, 0, 0, 0, 5);
const expected = (steps: number): number[] =>
  [2, 5].flatMap((value) => firstSteps(steps).flatMap((step) => [value * step, value * step]));

describe('loadNearForecaster', () => {
  it('computes the near steps from their own part, and more steps from the whole file', async () => {
    const file = exportModel(stepsModel('steps', []), METADATA);
    const forecaster = await loadNearForecaster(file);
    expect(forecaster.metadata).toEqual((await loadForecaster(file)).metadata);
    for (const steps of [1, NEAR_STEPS, NEAR_STEPS + 1, SHAPE.horizon]) {
      const quantiles = await forecaster.forecast(batch, [0, 0], firstSteps(steps));
      expect([...quantiles], `${steps} steps`).toEqual(expected(steps));
    }
    expect([...(await forecaster.forecast(batch, [0, 0]))]).toEqual(expected(SHAPE.horizon));
  });

  it('forecasts after a release', async () => {
    const forecaster = await loadNearForecaster(exportModel(stepsModel('steps', []), METADATA));
    await forecaster.release();
    expect([...(await forecaster.forecast(batch, [0, 0], [1]))]).toEqual(expected(1));
    expect([...(await forecaster.forecast(batch, [0, 0]))]).toEqual(expected(SHAPE.horizon));
    await forecaster.release();
    expect([...(await forecaster.forecast(batch, [0, 0]))]).toEqual(expected(SHAPE.horizon));
  });

  it('loads a file with a short horizon, which has no near part, as a whole', async () => {
    const file = exportModel(stepsModel('short', [], 2 * NEAR_STEPS), METADATA);
    expect(nearPart(file)).toBeNull();
    const forecaster = await loadNearForecaster(file);
    expect([...(await forecaster.forecast(batch, [0, 0], [1, 2]))]).toEqual(expected(2));
  });

  it('refuses bytes that are not a model file', async () => {
    await expect(loadNearForecaster(new Uint8Array([1, 2, 3]))).rejects.toThrow(UnusableModel);
  });
});

describe('nearPart', () => {
  it('is a model file without the nodes of the other steps', async () => {
    const [near, far] = [stepsModel('near', []), stepsModel('far', [])];
    const parts = [
      { band: { first: 1, last: 20 }, model: near },
      { band: { first: 21, last: 40 }, model: far },
    ];
    const file = exportModel(joinByHorizon('joined', parts), METADATA);
    const part = nearPart(file)!;
    expect(part.length).toBeLessThan(0.75 * file.length);
    const { metadata, forecast } = await loadForecaster(part);
    expect(metadata.shape.horizon).toBe(NEAR_STEPS);
    expect([...(await forecast(batch, [0, 0]))]).toEqual(expected(NEAR_STEPS));
  });
});

describe('exportModel', () => {
  it('makes every model of a joined one compute only its own steps', () => {
    const ranges: Record<'a' | 'b', HorizonRange[]> = { a: [], b: [] };
    const [a, b] = [stepsModel('a', ranges.a), stepsModel('b', ranges.b)];
    const parts = [
      { band: { first: 1, last: 3 }, model: a },
      { band: { first: 4, last: 12 }, model: a },
      { band: { first: 13, last: 40 }, model: b },
    ];
    exportModel(joinByHorizon('joined', parts), METADATA);
    expect(ranges).toEqual({
      a: [
        { first: 1, last: NEAR_STEPS },
        { first: NEAR_STEPS + 1, last: 12 },
      ],
      b: [{ first: 13, last: 40 }],
    });
  });
});
