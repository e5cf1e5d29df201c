import { describe, expect, it } from 'vitest';
import { fileFault } from '#core/training/file-fault.ts';
import { trainUsable, type Contenders } from '#core/training/train-usable.ts';
import { membersOf } from '#models/contract/composition.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { exponentialSmoothing } from '#models/families/smoothing/exponential-smoothing.ts';
import { quantileMixtureEqual } from '#models/families/trailing-window/quantile-mixture.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { trainModel, type TrainingResult } from '#models/selection/train-model.ts';

const SERIES = {
  startSeconds: 1_767_225_600,
  stepSeconds: 3600,
  values: Float64Array.from(
    { length: 24 * 21 },
    (_, k) => 3 + 2 * Math.sin((2 * Math.PI * k) / 24) + ((k * 7919) % 13) / 40,
  ),
};
const SHAPE: ForecastShape = {
  stepSeconds: 3600,
  context: 72,
  horizon: 24,
  levels: [0.1, 0.5, 0.9],
};

/** The family with another graph; its forecasts in TypeScript, which are scored, stay. */
function withGraph(family: ModelFamily, addTo: RawModel['addTo']): ModelFamily {
  return {
    ...family,
    fit: (series, shape) => {
      const fit = family.fit(series, shape);
      if (fit.kind !== 'fitted') return fit;
      // The other members would bypass addTo.
      const { name, rows, columns, forecastInto } = fit.model;
      return { kind: 'fitted', model: { name, shape, rows, columns, forecastInto, addTo } };
    },
  };
}

/** Errors of this candidate and of the one with the other sign cancel in their mean. */
function noisy(sign: number): ModelFamily {
  return {
    name: `noisy ${sign}`,
    relativeCost: 1,
    fit: (series, shape) => {
      const fit = exponentialSmoothing.fit(series, shape);
      if (fit.kind !== 'fitted') return fit;
      const { forecastInto, rows, columns, addTo } = fit.model;
      const model: RawModel = {
        ...{ name: `noisy ${sign}`, shape, rows, columns, addTo },
        forecastInto: (history, origin, out) => {
          forecastInto(history, origin, out);
          out.forEach((value, k) => (out[k] = value + sign * Math.sin(origin / 3600 + 7 * k * k)));
        },
      };
      return { kind: 'fitted', model };
    },
  };
}

const UNLOADABLE: RawModel['addTo'] = (graph, { history }) =>
  graph.op('Add', [history, graph.floats([1, 2, 3, 4, 5], [5])]);

const NOT_FINITE: RawModel['addTo'] = (graph) =>
  graph.op('Log', [graph.floats(new Float64Array(24).fill(-1), [1, 24, 1])]);

function train(contenders: Contenders): TrainingResult {
  return trainModel(SERIES, SHAPE, { resource: 'cpu', unit: 'cores', origins: 4, ...contenders });
}

async function trained(families: readonly ModelFamily[]) {
  const result = await trainUsable(
    { families, external: [] },
    (onnx) => fileFault(onnx, SERIES),
    train,
  );
  if (result.kind !== 'trained') throw new Error(result.reason);
  return result;
}

describe('no model is stored that ONNX Runtime cannot use', () => {
  it.each([
    ['cannot be loaded', UNLOADABLE, /unusable model file/],
    ['answers with NaN', NOT_FINITE, /not finite/],
  ])('selects the next best where the best candidate %s, and says why', async (_, graph, why) => {
    const best = withGraph(exponentialSmoothing, graph);
    const { onnx, table } = await trained([best, quantileMixtureEqual]);
    const row = (name: string) => table.find(({ model }) => model === name);
    expect(row(exponentialSmoothing.name)?.loss).toBeNull();
    expect(row(exponentialSmoothing.name)?.reason).toMatch(why);
    expect(row(quantileMixtureEqual.name)?.selected).toBe(true);
    const forecaster = await loadForecaster(onnx);
    const history = new Float32Array(SERIES.values.subarray(-SHAPE.context));
    const quantiles = await forecaster.forecast(history, [SERIES.startSeconds]);
    expect(quantiles.every(Number.isFinite)).toBe(true);
    await forecaster.release();
  });

  it('refuses a candidate whose graph forecasts other values than its definition', async () => {
    const twice: ModelFamily = {
      ...exponentialSmoothing,
      fit: (series, shape) => {
        const fit = exponentialSmoothing.fit(series, shape);
        if (fit.kind !== 'fitted') return fit;
        const addTo: RawModel['addTo'] = (graph, inputs) =>
          graph.op('Mul', [fit.model.addTo(graph, inputs), graph.floats([1.01], [])]);
        // The fit to all values would bypass addTo.
        const { refit, ...model } = fit.model;
        expect(refit).toBeDefined();
        return { kind: 'fitted', model: { ...model, addTo } };
      },
    };
    const { table } = await trained([twice, quantileMixtureEqual]);
    const row = table.find(({ model }) => model === exponentialSmoothing.name);
    expect(row?.reason).toMatch(/its definition forecasts [\d.]+ where its graph forecasts [\d.]+/);
    expect(table.find(({ selected }) => selected)?.model).toBe(quantileMixtureEqual.name);
  });

  it('blames only the broken member of a mean', async () => {
    const { composition } = await trained([noisy(1), noisy(-1), quantileMixtureEqual]);
    expect(membersOf(composition)).toEqual(['noisy 1', 'noisy -1']);
    const broken = withGraph(noisy(-1), UNLOADABLE);
    const { table } = await trained([noisy(1), broken, quantileMixtureEqual]);
    const rejected = table.filter(({ reason }) => reason !== undefined);
    expect(rejected.map(({ model }) => model)).toEqual(['noisy -1']);
    expect(table.find(({ selected }) => selected)?.model).not.toContain('noisy -1');
  });

  it('says that there is no model where no candidate can be used', async () => {
    const families = [exponentialSmoothing, quantileMixtureEqual].map((family) =>
      withGraph(family, UNLOADABLE),
    );
    const result = await trainUsable(
      { families, external: [] },
      (onnx) => fileFault(onnx, SERIES),
      train,
    );
    expect(result).toMatchObject({ kind: 'too-little-data' });
    expect(result.kind === 'too-little-data' && result.reason).toMatch(/unusable model file/);
  });
});
