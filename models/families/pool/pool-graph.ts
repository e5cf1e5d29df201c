import type { HorizonRange } from '#models/contract/horizon-range.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import type { SlidingBox } from './component-layout.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import type { PoolPart, PoolPlan } from './pool-plan.ts';
import { addSimilar } from './similar-nodes.ts';

const FLOAT_TYPE = 1;
const INT64_TYPE = 7;

/**
 * The pool as ONNX nodes: history [batch, context] to quantiles [batch, steps, levels]. Every
 * component is a range of the history, so its distribution function at the atoms is the difference
 * of two rows of one cumulated table.
 */
export function addPool(graph: GraphBuilder, history: Tensor, part: PoolPart): Tensor {
  const { plan, range } = part;
  const steps = range.last - range.first + 1;
  const levels = plan.shape.levels.length;
  const atoms = addAtoms(graph, history, plan);
  const below = addBelow(graph, history, atoms);
  const table = addTable(graph, below, boxMargin(plan));
  const parts = [...addBoxes(graph, table, part), ...addSimilar(graph, below, part)];
  const distribution = parts.reduce(
    (sum, part) => graph.op('Add', [sum, part]),
    addWindows(graph, table, part),
  );
  // The index of a quantile is the number of atoms whose cumulated weight is below its threshold.
  const column = graph.op('Unsqueeze', [distribution, graph.ints([2], [1])]);
  const thresholds = graph.floats(plan.thresholds, [levels, 1]);
  const short = graph.op('Cast', [graph.op('Less', [column, thresholds])], { to: FLOAT_TYPE });
  const counts = graph.op('ReduceSum', [short, graph.ints([3], [1])], { keepdims: 0 });
  const flat = graph.op('Reshape', [counts, graph.ints([0, steps * levels], [2])]);
  const index = graph.op('Cast', [flat], { to: INT64_TYPE });
  const values = graph.op('GatherElements', [atoms, index], { axis: 1 });
  return graph.op('Reshape', [values, graph.ints([0, steps, levels], [3])]);
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

/**
 * Number of rows added before and after the table, so that boxes may reach beyond the history,
 * where nothing is counted.
 */
const boxMargin = ({ components }: PoolPlan): number =>
  Math.max(0, ...components.boxes.map(({ halfWidth }) => halfWidth));

/** [batch, context, atoms]: 1 where the value is not above the atom. */
function addBelow(graph: GraphBuilder, history: Tensor, atoms: Tensor): Tensor {
  const values = graph.op('Unsqueeze', [history, graph.ints([2], [1])]);
  const limits = graph.op('Unsqueeze', [atoms, graph.ints([1], [1])]);
  return graph.op('Cast', [graph.op('LessOrEqual', [values, limits])], { to: FLOAT_TYPE });
}

/**
 * [batch, context + 1 + 2 margins, atoms]: row margin + t counts the values before history[t] not
 * above the atom.
 */
function addTable(graph: GraphBuilder, below: Tensor, margin: number): Tensor {
  const padded = graph.op('Pad', [below, graph.ints([0, margin + 1, 0, 0, margin, 0], [6])]);
  return graph.op('CumSum', [padded, graph.ints([1], [])]);
}

function addWindows(graph: GraphBuilder, table: Tensor, { plan, range }: PoolPart): Tensor {
  const { context } = plan.shape;
  const { windows } = plan.components;
  const margin = boxMargin(plan);
  const rows = (indices: readonly number[]): Tensor =>
    graph.op('Gather', [table, graph.ints(indices, [indices.length])], { axis: 1 });
  const counts = graph.op('Sub', [
    rows([margin + context]),
    rows(windows.map((window) => margin + context - window)),
  ]);
  // Column by column. The weight of one point of a long window is small enough for two bytes.
  const columns = windows.map((_, w) => {
    const column = plan.windowWeights.filter((__, k) => k % windows.length === w);
    return addWeights(graph, column.subarray(range.first - 1, range.last));
  });
  return graph.op('MatMul', [graph.op('Concat', columns, { axis: 1 }), counts]);
}

/** One weight per step: [steps, 1]. */
const addWeights = (graph: GraphBuilder, weights: Float64Array): Tensor =>
  graph.floats(weights, [weights.length, 1]);

/** One tensor [batch, steps, atoms] per component that has boxes. */
function addBoxes(graph: GraphBuilder, table: Tensor, { plan, range }: PoolPart): Tensor[] {
  const { horizon } = plan.shape;
  const { boxes, windows } = plan.components;
  const margin = boxMargin(plan);
  return [...new Set(boxes.map(({ component }) => component))].map((component) => {
    const counts = boxes
      .filter((box) => box.component === component)
      .map((box) => addBox(graph, table, { box, margin, range }));
    const [first, ...others] = counts;
    const sum = others.reduce((all, one) => graph.op('Add', [all, one]), first);
    const from = (component - windows.length) * horizon;
    const weights = plan.boxWeights.subarray(from + range.first - 1, from + range.last);
    return graph.op('Mul', [sum, addWeights(graph, weights)]);
  });
}

interface PlacedBox {
  readonly box: SlidingBox;
  readonly margin: number;
  readonly range: HorizonRange;
}

/** Counts in the box as it moves over the range. After one period it starts again. */
function addBox(graph: GraphBuilder, table: Tensor, { box, margin, range }: PlacedBox): Tensor {
  const slice = (of: Tensor, from: number, rows: number): Tensor =>
    sliceSteps(graph, of, [from, from + rows]);
  const counts = (from: number, rows: number): Tensor => {
    const start = margin + box.first + from - box.halfWidth;
    const end = slice(table, start + 2 * box.halfWidth + 1, rows);
    return graph.op('Sub', [end, slice(table, start, rows)]);
  };
  const rows = range.last - range.first + 1;
  const phase = (range.first - 1) % box.period;
  if (phase + rows <= box.period) return counts(phase, rows);
  const times = Math.ceil((phase + rows) / box.period);
  const period = counts(0, box.period);
  const repeated = graph.op('Concat', new Array<Tensor>(times).fill(period), { axis: 1 });
  return slice(repeated, phase, rows);
}
