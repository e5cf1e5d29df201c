import type { ForecastModel } from './forecast-model.ts';
import type { HorizonBand } from './horizon-bands.ts';
import type { GraphBuilder, GraphInputs, Tensor } from './onnx/graph-builder.ts';

/** A stretch of the horizon and the model that serves it. */
export interface HorizonPart {
  readonly band: Pick<HorizonBand, 'first' | 'last'>;
  readonly model: ForecastModel;
}

/**
 * One model made of several: every stretch of the horizon is forecast by its own.
 * @param parts in the order of the horizon, without holes; all models have the same shape.
 * @throws RangeError without parts.
 */
export function joinByHorizon(name: string, parts: readonly HorizonPart[]): ForecastModel {
  const models = [...new Set(parts.map(({ model }) => model))];
  const [only] = models;
  if (only === undefined) throw new RangeError(`no model for ${name}`);
  if (models.length === 1) return { ...only, name };
  const levels = only.shape.levels.length;
  return {
    name,
    shape: only.shape,
    forecast: (history, originSeconds, steps = only.shape.horizon) => {
      const quantiles = new Float64Array(steps * levels);
      for (const model of models) {
        const own = parts.filter(
          ({ band, model: owner }) => owner === model && band.first <= steps,
        );
        const farthest = Math.min(steps, own.at(-1)?.band.last ?? 0);
        if (farthest === 0) continue;
        const values = model.forecast(history, originSeconds, farthest);
        for (const { band } of own) {
          const from = (band.first - 1) * levels;
          quantiles.set(values.subarray(from, Math.min(farthest, band.last) * levels), from);
        }
      }
      return quantiles;
    },
    addTo: (graph, inputs) => addNodes(graph, inputs, parts),
  };
}

function addNodes(graph: GraphBuilder, inputs: GraphInputs, parts: readonly HorizonPart[]): Tensor {
  const outputs = new Map<ForecastModel, Tensor>();
  const slices = parts.map(({ band, model }) => {
    const output = outputs.get(model) ?? model.addTo(graph, inputs);
    outputs.set(model, output);
    const bounds = [graph.ints([band.first - 1], [1]), graph.ints([band.last], [1])];
    return graph.op('Slice', [output, ...bounds, graph.ints([1], [1])]);
  });
  return graph.op('Concat', slices, { axis: 1 });
}
