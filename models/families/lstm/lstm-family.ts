import { evaluate } from '#models/autodiff/evaluate.ts';
import { lower } from '#models/autodiff/lower.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { toHalf } from '#models/graph/half-floats.ts';
import { lstmNetwork, lstmParameters } from './lstm-network.ts';
import { parameterCount } from '#models/network-training/parameter-layout.ts';

/** A trained network: plain data that can cross to a worker or be stored. */
export interface TrainedLstm {
  readonly hidden: number;
  /** The levels it was trained for, the only ones it knows. */
  readonly levels: readonly number[];
  readonly parameters: Float32Array;
}

/** A candidate that brings its weights with it: they have to come from what lies before the validation windows. */
export function lstmFamily(name: string, trained: TrainedLstm): ModelFamily {
  return {
    name,
    relativeCost: 20,
    fit: (_series, shape) => {
      if (String(shape.levels) !== String(trained.levels)) {
        return { kind: 'too-little-data', reason: 'trained for other quantile levels' };
      }
      return { kind: 'fitted', model: createModel(name, shape, trained) };
    },
  };
}

/** @throws RangeError if the weights are not as many as the network has. */
function createModel(name: string, shape: ForecastShape, trained: TrainedLstm): RawModel {
  const { hidden } = trained;
  const size = parameterCount(lstmParameters({ hidden, levels: shape.levels.length }));
  if (trained.parameters.length !== size) {
    throw new RangeError(`${trained.parameters.length} weights for a network of ${size}`);
  }
  // What the file holds is what is forecast with.
  const parameters = trained.parameters.map(toHalf);
  const whole = forecastAt(shape, { hidden, parameters });
  return {
    name,
    shape,
    rows: shape.horizon,
    columns: shape.levels.length,
    forecastInto: (history, _origin, out) => out.set(whole(history)),
    roll: (values, steps) => {
      const forecast = forecastAt(shape, { hidden, parameters }, steps);
      return (end, out) => out.set(forecast(values.subarray(end - shape.context, end)));
    },
    addTo: (graph, { history }) => {
      const network = lstmNetwork({ shape, hidden, batch: -1 });
      const inputs = new Map([
        ['history', history],
        ['parameters', graph.halves(parameters, [size])],
      ]);
      return lower(graph, [network.quantiles], inputs)[0]!;
    },
  };
}

function forecastAt(
  shape: ForecastShape,
  trained: Omit<TrainedLstm, 'levels'>,
  steps?: readonly number[],
) {
  const network = lstmNetwork({ shape, hidden: trained.hidden, batch: 1, steps });
  const calculate = evaluate([network.quantiles]);
  const data = Float64Array.from(trained.parameters);
  const parameters = { data, shape: [data.length] };
  return (history: Float64Array): Float64Array => {
    const inputs = new Map([
      ['history', { data: history, shape: [1, shape.context] }],
      ['parameters', parameters],
    ]);
    return calculate(inputs)[0]!.data;
  };
}
