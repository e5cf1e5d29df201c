import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import { SIMILAR } from './component-layout.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import type { PoolPart, PoolPlan } from './pool-plan.ts';
import { farthest, situationLengths } from './similar-situations.ts';

const INT64_TYPE = 7;

/**
 * The component of the values after similar situations as ONNX nodes, in whole numbers like
 * `createFindSituations`.
 * @param below [batch, context, atoms], 1 if the value is not above the atom.
 * @returns [batch, steps, atoms], weighted. Empty if the context holds no situation or the steps
 * are too far ahead.
 */
export function addSimilar(
  graph: GraphBuilder,
  below: Tensor,
  { plan, range }: PoolPart,
): Tensor[] {
  const { shape, components, boxWeights } = plan;
  const { context, horizon } = shape;
  const { similar, windows } = components;
  if (similar === null || range.first > similar.last) return [];
  const { last, points } = similar;
  const count = Math.min(last, range.last) - range.first + 1;
  const { long } = situationLengths(shape);
  const each = (tensor: Tensor): Tensor => graph.op('Unsqueeze', [tensor, graph.ints([2], [1])]);
  const nearest = graph.sort(addKeys(graph, below, { shape, last }), points);
  const near = graph.ints([(farthest(shape) + 1) * context], [1]);
  const far = graph.op('Greater', [each(nearest.values), near]);
  const steps = Array.from({ length: count }, (_, row) => long + range.first - 1 + row);
  const behind = graph.op('Add', [each(nearest.indices), graph.ints(steps, [1, 1, count])]);
  const places = graph.op('Where', [far, graph.ints([context - 1], [1]), behind]);
  const followers = graph.op('Unsqueeze', [places, graph.ints([3], [1])]);
  const rows = graph.op('GatherND', [below, followers], { batch_dims: 1 });
  // A product with ones adds the situations faster than ReduceSum over that axis, and is as exact.
  const width = count * atomCount(atomGroups(shape));
  const flat = graph.op('Reshape', [rows, graph.ints([0, points, width], [3])]);
  const sums = graph.op('MatMul', [
    graph.floats(new Float64Array(points).fill(1), [1, points]),
    flat,
  ]);
  const counts = graph.op('Reshape', [sums, graph.ints([0, count, -1], [3])]);
  const from = (SIMILAR - windows.length) * horizon + range.first - 1;
  const weights = graph.floats(boxWeights.subarray(from, from + count), [count, 1]);
  const weighted = graph.op('Mul', [counts, weights]);
  const farther = range.last - range.first + 1 - count;
  if (farther === 0) return [weighted];
  return [graph.op('Pad', [weighted, graph.ints([0, 0, 0, 0, farther, 0], [6])])];
}

/**
 * int64 [batch, situations]: distance between the last situation and the one that ends before each
 * step from `long` on.
 */
function addKeys(
  graph: GraphBuilder,
  below: Tensor,
  { shape, last }: { readonly shape: PoolPlan['shape']; readonly last: number },
): Tensor {
  const { context } = shape;
  const { half, long } = situationLengths(shape);
  const end = context - last + 1;
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
  const slice = (from: number, to: number): Tensor => sliceSteps(graph, sums, [from, to]);
  const distances = [
    { steps: 1, weight: half * long },
    { steps: half, weight: long },
    { steps: long, weight: half },
  ].map(({ steps, weight }) => {
    const then = graph.op('Sub', [slice(long, end), slice(long - steps, end - steps)]);
    const now = graph.op('Sub', [
      slice(context, context + 1),
      slice(context - steps, context - steps + 1),
    ]);
    return graph.op('Mul', [graph.op('Abs', [graph.op('Sub', [then, now])]), whole(weight)]);
  });
  const distance = distances.reduce((sum, one) => graph.op('Add', [sum, one]));
  const scalar = (number: number): Tensor => graph.ints([number], []);
  const ages = graph.op('Range', [scalar(context - long), scalar(context - end), scalar(-1)]);
  return graph.op('Add', [graph.op('Mul', [distance, whole(context)]), ages]);
}
