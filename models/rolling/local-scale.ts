import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import { mean } from '#models/numeric/mean.ts';

/**
 * Mean absolute difference from step to step over the last `steps` steps: how restless a series is
 * just now.
 */
export interface ScaleWindow {
  readonly context: number;
  /** At most context − 1, at least 1. */
  readonly steps: number;
}

/** A day, or what there is of it. */
export function scaleWindow(context: number, daySteps: number): ScaleWindow {
  return { context, steps: Math.max(1, Math.min(daySteps, context - 1)) };
}

/** A scale is kept within these, in the unit of the series. */
export interface ScaleBounds {
  readonly least: number;
  readonly most: number;
}

/** The unit where nothing ever moved. */
const LEAST_SCALE = 1e-9;

/**
 * How far above the usual the scale may go: residuals of a quiet time say little of how a wild one
 * spreads.
 */
const MOST_RATIO = 4;

/** From the mean scale up: a quiet day does not promise a quiet next one. */
export function scaleBounds(scales: Float64Array): ScaleBounds {
  const usual = scales.length === 0 ? 0 : mean(scales);
  const least = Math.max(LEAST_SCALE, usual);
  return { least, most: MOST_RATIO * least };
}

export function boundedScale(scale: number, { least, most }: ScaleBounds): number {
  return Math.min(most, Math.max(least, scale));
}

/** The scale of the values before values[end]; 0 for a constant stretch. */
export function localScale(values: Float64Array, end: number, { steps }: ScaleWindow): number {
  let sum = 0;
  for (let k = Math.max(1, end - steps); k < end; k++) sum += Math.abs(values[k] - values[k - 1]);
  return sum / steps;
}

export interface GraphScale {
  readonly window: ScaleWindow;
  readonly bounds: ScaleBounds;
}

/** The bounded scale in a graph: [batch, 1] from history [batch, context]. */
export function addLocalScale(graph: GraphBuilder, history: Tensor, scale: GraphScale): Tensor {
  const { context, steps } = scale.window;
  const { least, most } = scale.bounds;
  const axis = graph.ints([1], [1]);
  const slice = (from: number, to: number): Tensor => sliceSteps(graph, history, [from, to]);
  const from = Math.max(0, context - steps - 1);
  const difference = graph.op('Sub', [slice(from + 1, context), slice(from, context - 1)]);
  const sum = graph.op('ReduceSum', [graph.op('Abs', [difference]), axis], { keepdims: 1 });
  const local = graph.op('Mul', [sum, graph.floats([1 / steps], [1])]);
  return graph.op('Clip', [local, graph.floats([least], []), graph.floats([most], [])]);
}
