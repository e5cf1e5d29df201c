import type { GraphBuilder, Tensor } from './onnx/graph-builder.ts';

/** Mean absolute difference from step to step over the last `steps` steps: how restless a series is just now. */
export interface ScaleWindow {
  readonly context: number;
  /** At most context − 1, at least 1. */
  readonly steps: number;
}

/** A day, or what there is of it. */
export function scaleWindow(context: number, daySteps: number): ScaleWindow {
  return { context, steps: Math.max(1, Math.min(daySteps, context - 1)) };
}

/** The scale of the values before values[end]; 0 for a constant stretch. */
export function localScale(values: Float64Array, end: number, { steps }: ScaleWindow): number {
  let sum = 0;
  for (let k = Math.max(1, end - steps); k < end; k++) sum += Math.abs(values[k]! - values[k - 1]!);
  return sum / steps;
}

/** The same in a graph: [batch, 1] from history [batch, context]. */
export function addLocalScale(graph: GraphBuilder, history: Tensor, window: ScaleWindow): Tensor {
  const { context, steps } = window;
  const axis = graph.ints([1], [1]);
  const slice = (from: number, to: number): Tensor =>
    graph.op('Slice', [history, graph.ints([from], [1]), graph.ints([to], [1]), axis]);
  const from = Math.max(0, context - steps - 1);
  const difference = graph.op('Sub', [slice(from + 1, context), slice(from, context - 1)]);
  const sum = graph.op('ReduceSum', [graph.op('Abs', [difference]), axis], { keepdims: 1 });
  return graph.op('Mul', [sum, graph.floats([1 / steps], [1])]);
}
