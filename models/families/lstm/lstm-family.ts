import { lower } from '#models/autodiff/lower.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { whenAsked } from '#models/contract/when-asked.ts';
import { toHalf } from '#models/graph/half-floats.ts';
import { parameterCount } from '#models/network-training/parameter-layout.ts';
import { lstmNetwork } from './lstm-network.ts';
import { lstmParameters } from './lstm-parameters.ts';
import { createLstmPass } from './lstm-pass.ts';
import { emptyWindow, windowReader } from './read-window.ts';

/** A trained network: plain data that can cross to a worker or be stored. */
export interface TrainedLstm {
  readonly hidden: number;
  /** The levels it was trained for, the only ones it knows. */
  readonly levels: readonly number[];
  readonly parameters: Float32Array;
}

/**
 * A candidate that brings its weights with it: they have to come from what lies before the
 * validation windows.
 */
export function lstmFamily(name: string, trained: TrainedLstm): ModelFamily {
  return {
    name,
    relativeCost: 20,
    fit: (_series, shape) => {
      if (String(shape.levels) !== String(trained.levels)) {
        return { kind: 'too-little-data', reason: 'trained for other quantile levels' };
      }
      return { kind: 'fitted', model: lstmModel(name, shape, trained) };
    },
  };
}

/**
 * A trained network as a model.
 * @throws RangeError if the weights are not as many as the network has.
 */
export function lstmModel(name: string, shape: ForecastShape, trained: TrainedLstm): RawModel {
  const { hidden, levels } = trained;
  const size = parameterCount(lstmParameters({ hidden, levels: shape.levels.length }));
  if (trained.parameters.length !== size) {
    throw new RangeError(`${trained.parameters.length} weights for a network of ${size}`);
  }
  // What the file holds is what is forecast with.
  const parameters = trained.parameters.map(toHalf);
  const { context, horizon } = shape;
  const forecastOf = (steps: readonly number[]) => forecastAt(shape, { hidden, parameters }, steps);
  const head = (steps: number): RawModel['forecastInto'] => {
    const forecast = forecastOf(firstSteps(steps));
    return (history, _origin, out) => forecast(history, context, out);
  };
  return {
    name,
    shape,
    definition: { family: 'lstm', name, hidden, levels, parameters },
    rows: horizon,
    columns: shape.levels.length,
    forecastInto: whenAsked(() => head(horizon)),
    head,
    roll: ({ values }, steps) => {
      const forecast = forecastOf(steps);
      return (end, out) => forecast(values, end, out);
    },
    addTo: (graph, { history }) => {
      const network = lstmNetwork({ shape, hidden, batch: -1 });
      const inputs = new Map([
        ['history', history],
        ['parameters', graph.halves(parameters, [size])],
      ]);
      return lower(graph, [network.quantiles], inputs)[0];
    },
  };
}

/**
 * Forecasts some steps from the history that ends before values[end], row-major [steps × levels].
 */
function forecastAt(
  shape: ForecastShape,
  { hidden, parameters }: Omit<TrainedLstm, 'levels'>,
  steps: readonly number[],
): (values: Float64Array, end: number, out: Float64Array) => void {
  const pass = createLstmPass({ shape, hidden, steps });
  const read = windowReader(shape, steps);
  const window = emptyWindow(shape, steps.length);
  const weights = Float64Array.from(parameters);
  const size = steps.length * shape.levels.length;
  return (values, end, out) => {
    read(values, end, window);
    pass.forward(weights, window, out);
    for (let k = 0; k < size; k++) out[k] *= window.scale;
  };
}
