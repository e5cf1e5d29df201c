import type { GraphBuilder, Tensor } from '../onnx/graph-builder.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import { SIMILAR } from './pool-components.ts';
import type { PoolPlan } from './pool-plan.ts';
import { farthest, situationLengths } from './similar-situations.ts';

const INT64_TYPE = 7;

/**
 * What followed similar situations, as ONNX nodes, in whole numbers like `createFindSituations`.
 * @param below [batch, context, atoms], 1 where the value is not above the atom.
 * @returns [batch, horizon, atoms], weighted; nothing where the context holds no situation.
 */
export function addSimilar(graph: GraphBuilder, below: Tensor, plan: PoolPlan): Tensor[] {
  const { shape, components, boxWeights } = plan;
  const { horizon } = shape;
  const spans = components.similar;
  const reach = spans.at(-1)?.last ?? 0;
  if (reach === 0) return [];
  const { long } = situationLengths(shape);
  const keys = addKeys(graph, below, plan);
  const near = graph.ints([(farthest(shape) + 1) * shape.context], [1]);
  const counts = spans.map(({ first, last, points }) => {
    const range = [graph.ints([0], [1]), graph.ints([shape.context - last + 1 - long], [1])];
    const own = graph.op('Slice', [keys, ...range, graph.ints([1], [1])]);
    const nearest = graph.sort(own, points);
    const steps = Array.from({ length: last - first + 1 }, (_, k) => long + first - 1 + k);
    const ahead = graph.ints(steps, [1, 1, steps.length]);
    const each = (found: Tensor): Tensor => graph.op('Unsqueeze', [found, graph.ints([2], [1])]);
    const far = graph.op('Greater', [each(nearest.values), near]);
    const behind = graph.op('Add', [each(nearest.indices), ahead]);
    const places = graph.op('Where', [far, graph.ints([shape.context - 1], [1]), behind]);
    const followers = graph.op('Unsqueeze', [places, graph.ints([3], [1])]);
    const rows = graph.op('GatherND', [below, followers], { batch_dims: 1 });
    return graph.op('ReduceSum', [rows, graph.ints([1], [1])], { keepdims: 0 });
  });
  const missing = spans[0]!.first - 1;
  const joined = counts.length === 1 ? counts[0]! : graph.op('Concat', counts, { axis: 1 });
  const padding = graph.ints([0, missing, 0, 0, horizon - reach, 0], [6]);
  const all = missing + horizon - reach === 0 ? joined : graph.op('Pad', [joined, padding]);
  const from = (SIMILAR - components.windows.length) * horizon;
  const weights = boxWeights.subarray(from, from + horizon);
  return [graph.op('Mul', [all, graph.floats(weights, [horizon, 1])])];
}

/** int64 [batch, context − long]: how far the situation that ends before each step from `long` on is from the last one. */
function addKeys(graph: GraphBuilder, below: Tensor, { shape }: PoolPlan): Tensor {
  const { context } = shape;
  const { half, long } = situationLengths(shape);
  const axis = graph.ints([1], [1]);
  const whole = (number: number): Tensor => graph.ints([number], [1]);
  const reached = graph.op('ReduceSum', [below, graph.ints([2], [1])], { keepdims: 0 });
  const bins = graph.op('Sub', [
    whole(atomCount(atomGroups(shape))),
    graph.op('Cast', [reached], { to: INT64_TYPE }),
  ]);
  const sums = graph.op('CumSum', [
    graph.op('Pad', [bins, graph.ints([0, 1, 0, 0], [4])]),
    graph.ints([1], []),
  ]);
  const slice = (from: number, to: number): Tensor =>
    graph.op('Slice', [sums, whole(from), whole(to), axis]);
  const distances = [
    { steps: 1, weight: half * long },
    { steps: half, weight: long },
    { steps: long, weight: half },
  ].map(({ steps, weight }) => {
    const then = graph.op('Sub', [slice(long, context), slice(long - steps, context - steps)]);
    const now = graph.op('Sub', [
      slice(context, context + 1),
      slice(context - steps, context - steps + 1),
    ]);
    return graph.op('Mul', [graph.op('Abs', [graph.op('Sub', [then, now])]), whole(weight)]);
  });
  const distance = distances.reduce((sum, one) => graph.op('Add', [sum, one]));
  const scalar = (number: number): Tensor => graph.ints([number], []);
  const ages = graph.op('Range', [scalar(context - long), scalar(0), scalar(-1)]);
  return graph.op('Add', [graph.op('Mul', [distance, whole(context)]), ages]);
}
