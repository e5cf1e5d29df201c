import type { HorizonRange } from '#models/contract/horizon-range.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import type { SamplePlan } from './sample-plan.ts';
import { gridPlace, SKETCH_LEVELS } from './sample-plan.ts';
import { sketchIndex } from './sample-points.ts';

interface MixtureParts {
  readonly plan: SamplePlan;
  readonly everything: Float64Array;
  readonly levels: number;
  /** The steps to mix. */
  readonly range: HorizonRange;
}

/** The mixtures of a range of the horizon as nodes of a graph: [batch, steps, levels]. */
export function addMixtureNodes(
  graph: GraphBuilder,
  { history }: GraphInputs,
  { plan: whole, everything, levels, range }: MixtureParts,
): Tensor {
  const plan = planOf(whole, range);
  const { grid, weights, thresholds } = plan;
  const count = plan.fixedCount + plan.seasonOffsets.length;
  // Constants take the batch from a column of zeros.
  const nothing = graph.op('Mul', [
    tail(graph, history, { plan, length: 1 }),
    graph.floats([0], [1]),
  ]);
  const fixed = graph.op('Unsqueeze', [
    fixedNodes(graph, history, { plan, everything, nothing }),
    graph.ints([1], [1]),
  ]);
  const spread = graph.floats(new Float64Array(grid.length), [grid.length, 1]);
  const onGrid = graph.op('Add', [fixed, spread]);
  const points =
    plan.seasonOffsets.length === 0
      ? onGrid
      : graph.op('Concat', [onGrid, seasonNodes(graph, history, plan)], { axis: 2 });
  const { values, indices } = graph.sort(points, count);
  const batch = graph.op('Unsqueeze', [nothing, graph.ints([2], [1])]);
  const table = graph.op('Add', [weightTable(graph, weights, [grid.length, count]), batch]);
  const sorted = graph.op('GatherElements', [table, indices], { axis: 2 });
  const cumulated = graph.op('CumSum', [sorted, graph.ints([2], [])]);
  // The position of a quantile is the number of points whose cumulated weight stays below its
  // threshold.
  const below = graph.op('Less', [
    graph.op('Unsqueeze', [cumulated, graph.ints([2], [1])]),
    graph.floats(thresholds, [grid.length, levels, 1]),
  ]);
  const positions = graph.op(
    'ReduceSum',
    [graph.op('Cast', [below], { to: 6 }), graph.ints([3], [1])],
    { keepdims: 0 },
  );
  const quantiles = graph.op('GatherElements', [values, positions], { axis: 2 });
  return alongHorizon(graph, quantiles, { grid, range });
}

/** The plan with those rows of its grid alone that a range lies between. */
function planOf(plan: SamplePlan, { first, last }: HorizonRange): SamplePlan {
  const from = gridPlace(plan.grid, first).below;
  const to = gridPlace(plan.grid, last).above + 1;
  const rows = (table: Float64Array): Float64Array => {
    const columns = table.length / plan.grid.length;
    return table.subarray(from * columns, to * columns);
  };
  return {
    ...plan,
    grid: plan.grid.slice(from, to),
    weights: rows(plan.weights),
    thresholds: rows(plan.thresholds),
  };
}

/** Points of one window weigh the same: every column that differs is stored once. */
function weightTable(
  graph: GraphBuilder,
  weights: Float64Array,
  [rows, columns]: readonly [number, number],
): Tensor {
  const column = (c: number): readonly number[] =>
    Array.from({ length: rows }, (_, row) => weights[row * columns + c]);
  const names = Array.from({ length: columns }, (_, c) => column(c).join());
  const distinct = [...new Set(names)];
  const stored = distinct.map((name) => column(names.indexOf(name)));
  const table = Float64Array.from(
    { length: rows * distinct.length },
    (_, k) => stored[k % distinct.length][Math.floor(k / distinct.length)],
  );
  const places = names.map((name) => distinct.indexOf(name));
  const inputs = [graph.floats(table, [rows, distinct.length]), graph.ints(places, [columns])];
  return graph.op('Gather', inputs, { axis: 1 });
}

function tail(
  graph: GraphBuilder,
  history: Tensor,
  { plan, length }: { readonly plan: SamplePlan; readonly length: number },
): Tensor {
  return sliceSteps(graph, history, [plan.context - length, plan.context]);
}

/** [batch, fixedCount] */
function fixedNodes(
  graph: GraphBuilder,
  history: Tensor,
  parts: Pick<MixtureParts, 'plan' | 'everything'> & { readonly nothing: Tensor },
): Tensor {
  const { plan, everything, nothing } = parts;
  const size = SKETCH_LEVELS.length;
  const sketches = plan.windows.map((length) => {
    const { values } = graph.sort(tail(graph, history, { plan, length }), length);
    const places = SKETCH_LEVELS.map((level) => sketchIndex(level, length));
    return graph.op('Gather', [values, graph.ints(places, [size])], { axis: 1 });
  });
  const all = graph.op('Add', [nothing, graph.floats(everything, [size])]);
  const recent = tail(graph, history, { plan, length: plan.recent });
  return graph.op('Concat', [recent, ...sketches, all], { axis: 1 });
}

/** [batch, grid, seasonOffsets] */
function seasonNodes(graph: GraphBuilder, history: Tensor, plan: SamplePlan): Tensor {
  const { context, season, seasonOffsets, grid } = plan;
  const places = grid.flatMap((step) =>
    seasonOffsets.map((offset) =>
      Math.min(context - 1, Math.max(0, context + ((step - 1) % season) + offset)),
    ),
  );
  const points = graph.op('Gather', [history, graph.ints(places, [places.length])], { axis: 1 });
  const shape = graph.ints([-1, grid.length, seasonOffsets.length], [3]);
  return graph.op('Reshape', [points, shape]);
}

/** Interpolates between the steps of the grid: [batch, steps, levels]. */
function alongHorizon(
  graph: GraphBuilder,
  quantiles: Tensor,
  { grid, range }: { readonly grid: readonly number[]; readonly range: HorizonRange },
): Tensor {
  const steps = range.last - range.first + 1;
  const places = Array.from({ length: steps }, (_, k) => gridPlace(grid, range.first + k));
  const side = (rows: readonly number[], shares: readonly number[]): Tensor => {
    const gathered = graph.op('Gather', [quantiles, graph.ints(rows, [steps])], { axis: 1 });
    return graph.op('Mul', [gathered, graph.floats(shares, [steps, 1])]);
  };
  return graph.op('Add', [
    side(
      places.map(({ below }) => below),
      places.map(({ share }) => 1 - share),
    ),
    side(
      places.map(({ above }) => above),
      places.map(({ share }) => share),
    ),
  ]);
}
