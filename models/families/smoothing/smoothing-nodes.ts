import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import type { FilterWindow, Pair } from './smoothing-filter.ts';
import { filterWeights, timesTransition } from './smoothing-filter.ts';

export interface SmoothingParts {
  readonly shape: ForecastShape;
  readonly window: FilterWindow;
  /** Seasonal states by phase. */
  readonly season: Float64Array;
  /** Three rows over the horizon, see `horizonFactors`. */
  readonly factors: Float64Array;
}

/**
 * The smoothing forecast as nodes, [batch, horizon, 1]: the season is taken off the history before
 * the filter, so no table of what the filter makes of the season is needed, and the filter's
 * weights unfold from a few numbers.
 */
export function addSmoothingNodes(
  graph: GraphBuilder,
  { history, origin }: GraphInputs,
  { shape, window, season, factors }: SmoothingParts,
): Tensor {
  const { context, horizon, stepSeconds } = shape;
  const { length } = season;
  const period = graph.ints([length], [1]);
  const seasons = graph.floats(season, [length]);
  const step = graph.op('Div', [origin, graph.ints([stepSeconds], [1])]);
  const phase = graph.op('Unsqueeze', [graph.op('Mod', [step, period]), graph.ints([1], [1])]);
  /** The season at so many steps from the origin's phase on, [batch, count]. */
  const seasonFrom = (first: number, count: number): Tensor => {
    const steps = graph.op(
      'Range',
      [first, first + count, 1].map((bound) => graph.ints([bound], [])),
    );
    return graph.op('Gather', [
      seasons,
      graph.op('Mod', [graph.op('Add', [phase, steps]), period]),
    ]);
  };
  // The context ends just before the origin; a multiple of the period keeps the steps from being
  // negative.
  const before = Math.ceil(context / length) * length - context;
  const rest = graph.op('Sub', [history, seasonFrom(before, context)]);
  const sums = graph.op('MatMul', [rest, weightNodes(graph, window)]);
  const last = graph.op('Gather', [rest, graph.ints([context - 1], [1])], { axis: 1 });
  const states = graph.op('Concat', [sums, last], { axis: 1 });
  // What is left over is the last value minus the level: λ^h of it turns into factors.
  const mixed = factors.map((factor, k) =>
    k < horizon ? factor - factors[2 * horizon + k] : factor,
  );
  const point = graph.op('MatMul', [states, graph.floats(mixed, [3, horizon])]);
  const forecast = graph.op('Add', [point, seasonFrom(0, horizon)]);
  return graph.op('Unsqueeze', [forecast, graph.ints([2], [1])]);
}

/**
 * `filterWeights` as nodes, [context, 2], from a few numbers: a value twice as old weighs the same
 * power of the transition less, so every doubling of the table takes one product. A runtime works
 * it out when it loads the file.
 */
function weightNodes(graph: GraphBuilder, window: FilterWindow): Tensor {
  const { parameters, context, initialSteps } = window;
  const rows = graph.ints([0], [1]);
  let power: readonly [Pair, Pair] = [
    timesTransition([1, 0], parameters),
    timesTransition([0, 1], parameters),
  ];
  let table = graph.floats([parameters.levelGain, parameters.trendGain], [1, 2]);
  let known = 1;
  for (; known < context; known *= 2) {
    const [level, trend] = power;
    const older = graph.floats([level[0], trend[0], level[1], trend[1]], [2, 2]);
    table = graph.op('Concat', [graph.op('MatMul', [table, older]), table], { axis: 0 });
    power = [timesMatrix(level, power), timesMatrix(trend, power)];
  }
  const bounds = [graph.ints([known - context], [1]), graph.ints([known], [1])];
  const weights = graph.op('Slice', [table, ...bounds, rows]);
  // What the mean of the first steps adds to their weights.
  const { levelPower, trendPower } = filterWeights(window);
  const first = [levelPower[0] / initialSteps, trendPower[0] / initialSteps];
  const repeated = (values: readonly number[], count: number): Tensor =>
    graph.op('Expand', [graph.floats(values, [1, 2]), graph.ints([count, 2], [2])]);
  const start = repeated(first, initialSteps);
  // Expand broadcasts: a size of 0 gives one row of zeros in ONNX's shape inference, not none.
  if (initialSteps === context) return graph.op('Add', [weights, start]);
  const added = [start, repeated([0, 0], context - initialSteps)];
  return graph.op('Add', [weights, graph.op('Concat', added, { axis: 0 })]);
}

const timesMatrix = ([a, b]: Pair, [upper, lower]: readonly [Pair, Pair]): Pair => [
  a * upper[0] + b * lower[0],
  a * upper[1] + b * lower[1],
];
