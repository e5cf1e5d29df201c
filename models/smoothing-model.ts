import type { ForecastShape, RawModel } from './forecast-model.ts';
import type { GraphBuilder, GraphInputs, Tensor } from './onnx/graph-builder.ts';
import type { SmoothingParameters } from './smoothing-filter.ts';
import { filterWeights, horizonFactors } from './smoothing-filter.ts';
import { seasonalSums } from './seasonal-sums.ts';

export interface SmoothingStates {
  readonly name: string;
  readonly shape: ForecastShape;
  readonly parameters: SmoothingParameters;
  /** Seasonal states by phase, [0] without a season. */
  readonly season: Float64Array;
  /** Steps at the start of the context whose mean is the first level. */
  readonly initialSteps: number;
}

/**
 * Forecast = season + three numbers times three fixed rows over the horizon. The three numbers (level, trend and rest)
 * are weighted sums of the history minus the same weighted sums of the season, and the latter depend on the phase
 * alone: a table. So a forecast costs two passes over the context and one over the horizon.
 */
export function createSmoothingModel(states: SmoothingStates): RawModel {
  const { name, shape, parameters, season } = states;
  const { context, horizon, stepSeconds } = shape;
  const window = { parameters, context, initialSteps: Math.min(states.initialSteps, context) };
  const filter = filterWeights(window);
  const { level, trend } = filter;
  const factors = horizonFactors(parameters, horizon);
  const seasonal = seasonalSums(season, window, filter);

  const forecastInto: RawModel['forecastInto'] = (history, originSeconds, out) => {
    const phase = phaseOf(originSeconds, stepSeconds, season.length);
    let levelNow = -seasonal[3 * phase]!;
    let trendNow = -seasonal[3 * phase + 1]!;
    for (let k = 0; k < context; k++) {
      levelNow += level[k]! * history[k]!;
      trendNow += trend[k]! * history[k]!;
    }
    const rest = history[context - 1]! - seasonal[3 * phase + 2]! - levelNow;
    for (let step = 0; step < horizon; step++) {
      const moved =
        levelNow + factors[horizon + step]! * trendNow + factors[2 * horizon + step]! * rest;
      out[step] = moved + season[(phase + step) % season.length]!;
    }
  };

  const weights = { level, trend, factors, seasonal, season };
  const addTo = (graph: GraphBuilder, inputs: GraphInputs) =>
    addNodes(graph, inputs, { shape, weights });
  return { name, shape, rows: horizon, columns: 1, forecastInto, addTo };
}

const phaseOf = (originSeconds: number, stepSeconds: number, length: number): number => {
  const step = Math.floor(originSeconds / stepSeconds) % length;
  return step < 0 ? step + length : step;
};

interface Constants {
  readonly shape: ForecastShape;
  readonly weights: Readonly<
    Record<'level' | 'trend' | 'factors' | 'seasonal' | 'season', Float64Array>
  >;
}

function addNodes(graph: GraphBuilder, { history, origin }: GraphInputs, parts: Constants): Tensor {
  const { context, horizon, stepSeconds } = parts.shape;
  const { level, trend, factors, seasonal, season } = parts.weights;
  // Columns: level and trend, and beside them the last value. The rest is the last value minus the level: λ^h of it
  // turns into factors.
  const columns = Float64Array.from({ length: 2 * context }, (_, k) =>
    k % 2 === 0 ? level[k >> 1]! : trend[k >> 1]!,
  );
  const sumsOfPhase = Float64Array.from(
    { length: 2 * season.length },
    (_, k) => seasonal[3 * (k >> 1) + (k % 2)]!,
  );
  const mixed = factors.map((factor, k) =>
    k < horizon ? factor - factors[2 * horizon + k]! : factor,
  );
  const step = graph.op('Div', [origin, graph.ints([stepSeconds], [1])]);
  const phase = graph.op('Mod', [step, graph.ints([season.length], [1])]);
  const unrolled = Float64Array.from(
    { length: season.length + horizon },
    (_, k) => season[k % season.length]!,
  );
  const first = graph.op('Unsqueeze', [phase, graph.ints([1], [1])]);
  const seasons = graph.floats(unrolled, [unrolled.length]);
  const before = graph.op('Mod', [
    graph.op('Add', [first, graph.ints([season.length - 1], [1])]),
    graph.ints([season.length], [1]),
  ]);
  const sums = graph.op('Sub', [
    graph.op('MatMul', [history, graph.floats(columns, [context, 2])]),
    graph.op('Gather', [graph.floats(sumsOfPhase, [season.length, 2]), phase]),
  ]);
  const last = graph.op('Sub', [
    graph.op('Gather', [history, graph.ints([context - 1], [1])], { axis: 1 }),
    graph.op('Gather', [seasons, before]),
  ]);
  const states = graph.op('Concat', [sums, last], { axis: 1 });
  const point = graph.op('MatMul', [states, graph.floats(mixed, [3, horizon])]);
  const ahead = graph.ints(
    Int32Array.from({ length: horizon }, (_, k) => k),
    [1, horizon],
  );
  const seasonAhead = graph.op('Gather', [seasons, graph.op('Add', [first, ahead])]);
  return graph.op('Unsqueeze', [graph.op('Add', [point, seasonAhead]), graph.ints([2], [1])]);
}
