import type { GraphBuilder, Tensor } from '../onnx/graph-builder.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import { boxBounds } from './pool-components.ts';
import type { PoolPlan } from './pool-plan.ts';

const FLOAT_TYPE = 1;
const INT64_TYPE = 7;

/**
 * The pool as ONNX nodes: history [batch, context] to quantiles [batch, horizon, levels]. Every component is a stretch of
 * the history, so its distribution function at the atoms is a difference of two rows of one cumulated table.
 */
export function addPool(graph: GraphBuilder, history: Tensor, plan: PoolPlan): Tensor {
  const { horizon } = plan.shape;
  const levels = plan.shape.levels.length;
  const atoms = addAtoms(graph, history, plan);
  const table = addTable(graph, history, atoms);
  const boxes = plan.components.boxes.map((_, b) => addBox(graph, table, { b, plan }));
  const distribution = boxes.reduce(
    (sum, box) => graph.op('Add', [sum, box]),
    addWindows(graph, table, plan),
  );
  // The position of a quantile is the number of atoms whose cumulated weight stays below its threshold.
  const column = graph.op('Unsqueeze', [distribution, graph.ints([2], [1])]);
  const thresholds = graph.floats(plan.thresholds, [horizon, levels, 1]);
  const below = graph.op('Cast', [graph.op('Less', [column, thresholds])], { to: FLOAT_TYPE });
  const counts = graph.op('ReduceSum', [below, graph.ints([3], [1])], { keepdims: 0 });
  const flat = graph.op('Reshape', [counts, graph.ints([0, horizon * levels], [2])]);
  const index = graph.op('Cast', [flat], { to: INT64_TYPE });
  const found = graph.op('GatherElements', [atoms, index], { axis: 1 });
  return graph.op('Reshape', [found, graph.ints([0, horizon, levels], [3])]);
}

function addAtoms(graph: GraphBuilder, history: Tensor, { shape }: PoolPlan): Tensor {
  const axis = graph.ints([1], [1]);
  const end = graph.ints([shape.context], [1]);
  const groups = atomGroups(shape);
  const parts = groups.map(({ points, ranks }) => {
    const start = graph.ints([shape.context - points], [1]);
    const { values } = graph.sort(graph.op('Slice', [history, start, end, axis]), points);
    return graph.op('Gather', [values, graph.ints(ranks, [ranks.length])], { axis: 1 });
  });
  return graph.sort(graph.op('Concat', parts, { axis: 1 }), atomCount(groups)).values;
}

/** [batch, context + 1, atoms]: row t counts the values before history[t] that are not above the atom. */
function addTable(graph: GraphBuilder, history: Tensor, atoms: Tensor): Tensor {
  const values = graph.op('Unsqueeze', [history, graph.ints([2], [1])]);
  const limits = graph.op('Unsqueeze', [atoms, graph.ints([1], [1])]);
  const below = graph.op('Cast', [graph.op('LessOrEqual', [values, limits])], { to: FLOAT_TYPE });
  const padded = graph.op('Pad', [below, graph.ints([0, 1, 0, 0, 0, 0], [6])]);
  return graph.op('CumSum', [padded, graph.ints([1], [])]);
}

function addWindows(graph: GraphBuilder, table: Tensor, plan: PoolPlan): Tensor {
  const { context, horizon } = plan.shape;
  const { windows } = plan.components;
  const rows = (indices: readonly number[]): Tensor =>
    graph.op('Gather', [table, graph.ints(indices, [indices.length])], { axis: 1 });
  const counts = graph.op('Sub', [
    rows([context]),
    rows(windows.map((window) => context - window)),
  ]);
  const weights = graph.floats(plan.windowWeights, [horizon, windows.length]);
  return graph.op('MatMul', [weights, counts]);
}

interface PlannedBox {
  readonly b: number;
  readonly plan: PoolPlan;
}

function addBox(graph: GraphBuilder, table: Tensor, { b, plan }: PlannedBox): Tensor {
  const { context, horizon } = plan.shape;
  const { boxes } = plan.components;
  const bounds = Array.from({ length: horizon }, (_, row) =>
    boxBounds(boxes[b]!, row + 1, context),
  );
  const rows = (indices: readonly number[]): Tensor =>
    graph.op('Gather', [table, graph.ints(indices, [horizon])], { axis: 1 });
  const counts = graph.op('Sub', [
    rows(bounds.map(([, last]) => last + 1)),
    rows(bounds.map(([first]) => first)),
  ]);
  const weights = bounds.map((_, row) => plan.boxWeights[row * boxes.length + b]!);
  return graph.op('Mul', [counts, graph.floats(weights, [horizon, 1])]);
}
