import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { levelWeights } from '#models/contract/level-weights.ts';
import { externalFunction } from '#models/onnx/external-function.ts';

/** Slice takes this for the end of an axis. */
const END = 2 ** 31 - 1;

/**
 * A file that others made as a model: only its graph, which goes into the exported file as it is.
 * It reads the newest part of the history, gives the first steps of its horizon, and quantiles
 * between its own levels on straight lines.
 * @param own the shape of the file; fits the wanted one, see shapeFault.
 * @throws RangeError if its graph cannot be built in.
 */
export function externalModel(
  name: string,
  { onnx, own }: { readonly onnx: Uint8Array; readonly own: ForecastShape },
  shape: ForecastShape,
): RawModel {
  const fn = externalFunction(onnx);
  const weights = levelWeights(own.levels, shape.levels);
  return {
    name,
    shape,
    rows: shape.horizon,
    columns: shape.levels.length,
    forecastInto: () => {
      throw new Error(`${name} is a file: it runs in ONNX Runtime alone`);
    },
    addTo: (graph, { history, origin }) => {
      const axis = graph.ints([1], [1]);
      const newest = [graph.ints([-own.context], [1]), graph.ints([END], [1]), axis];
      const read = graph.op('Slice', [history, ...newest]);
      const all = graph.call(fn, [read, origin]);
      const first = [graph.ints([0], [1]), graph.ints([shape.horizon], [1]), axis];
      const steps = graph.op('Slice', [all, ...first]);
      const size = [own.levels.length, shape.levels.length];
      return graph.op('MatMul', [steps, graph.floats(weights, size)]);
    },
  };
}

/** Why a file of one shape cannot forecast in another; null if it can. */
export function shapeFault(own: ForecastShape, wanted: ForecastShape): string | null {
  if (own.stepSeconds !== wanted.stepSeconds) {
    return `its step is ${own.stepSeconds} s, not ${wanted.stepSeconds} s`;
  }
  if (own.horizon < wanted.horizon) {
    return `it forecasts ${own.horizon} steps, ${wanted.horizon} are wanted`;
  }
  if (own.context > wanted.context) {
    return `it reads ${own.context} past steps, models may read ${wanted.context} here`;
  }
  return null;
}
