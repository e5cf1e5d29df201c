import type { GraphBuilder, Tensor } from './graph-builder.ts';

/** Adds a Slice node: entries from … to − 1 of the second axis, counted from 0. */
export function sliceSteps(
  graph: GraphBuilder,
  input: Tensor,
  [from, to]: readonly [number, number],
): Tensor {
  const bounds = [graph.ints([from], [1]), graph.ints([to], [1])];
  return graph.op('Slice', [input, ...bounds, graph.ints([1], [1])]);
}
