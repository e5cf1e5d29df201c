import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';
import { createRings, ringQuantiles } from './mixture-rings.ts';
import { rollRings } from './roll-rings.ts';

/** A trailing window in seconds and its share in the mixture (shares need not sum to one). */
export interface MixtureWindow {
  readonly seconds: number;
  readonly weight: number;
}

/**
 * Mixture of the empirical distributions of the last windows of the history: a linear pool (Stone
 * 1961), that is the quantiles of the pooled weighted points, not the mean of the quantiles.
 * Windows longer than the context are left out. Every step of the horizon has the same quantiles.
 */
export function quantileMixture(name: string, windows: readonly MixtureWindow[]): ModelFamily {
  return {
    name,
    relativeCost: 2,
    fit: (_series, shape) => {
      const steps = windows.map(({ seconds, weight }) => {
        return { steps: Math.max(1, Math.round(seconds / shape.stepSeconds)), weight };
      });
      const usable = steps.filter((window) => window.steps <= shape.context);
      if (usable.length === 0) {
        const reason = `a context of ${shape.context} steps holds no window`;
        return { kind: 'too-little-data', reason };
      }
      const definition = { family: 'quantile-mixture', name, windows: usable } as const;
      return { kind: 'fitted', model: quantileMixtureModel(definition, shape) };
    },
  };
}

/** The mixture of some windows as a model. */
export function quantileMixtureModel(
  definition: DefinitionOf<'quantile-mixture'>,
  shape: ForecastShape,
): RawModel {
  const { context, levels } = shape;
  const rings = createRings(definition.windows, levels);
  const { length, thresholds } = rings;
  const buffer = new Float64Array(length);
  return {
    name: definition.name,
    shape,
    definition,
    rows: 1,
    columns: levels.length,
    forecastInto: (history, _origin, out) => {
      buffer.set(history.subarray(context - length, context));
      ringQuantiles(buffer, rings, out);
    },
    roll: ({ values }) => rollRings(values, rings),
    addTo: (graph, { history }) => {
      const first = graph.ints([context - length], [1]);
      const axis = graph.ints([1], [1]);
      const recent =
        length === context
          ? history
          : graph.op('Slice', [history, first, graph.ints([context], [1]), axis]);
      const { values, indices } = graph.sort(recent, length);
      const weights = graph.op('Gather', [graph.floats(rings.pointWeights, [length]), indices]);
      const cumulated = graph.op('CumSum', [weights, graph.ints([1], [])]);
      // The position of a quantile is the number of points whose cumulated weight stays below its
      // threshold.
      const column = graph.op('Unsqueeze', [cumulated, axis]);
      const below = graph.op('Less', [column, graph.floats(thresholds, [levels.length, 1])]);
      const counts = graph.op(
        'ReduceSum',
        [graph.op('Cast', [below], { to: 6 }), graph.ints([2], [1])],
        { keepdims: 0 },
      );
      const quantiles = graph.op('GatherElements', [values, counts], { axis: 1 });
      return graph.op('Unsqueeze', [quantiles, axis]);
    },
  };
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The last half hour, four hours, day and week in equal shares: 6, 48, 288 and 2016 five-minute
 * points.
 */
export const quantileMixtureEqual = quantileMixture('quantile-mixture', [
  { seconds: HOUR / 2, weight: 1 },
  { seconds: 4 * HOUR, weight: 1 },
  { seconds: DAY, weight: 1 },
  { seconds: 7 * DAY, weight: 1 },
]);

/**
 * Most weight on the last minutes, because capacity decisions look only a few steps ahead. Equal
 * shares are better from some hours on (docs/research/constants.md).
 */
export const quantileMixtureShort = quantileMixture('quantile-mixture-short', [
  { seconds: HOUR / 12, weight: 2 },
  { seconds: HOUR / 4, weight: 2 },
  { seconds: HOUR / 2, weight: 2 },
  { seconds: 2 * HOUR, weight: 2 },
  { seconds: DAY, weight: 1 },
]);
