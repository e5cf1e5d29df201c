import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';

/**
 * The scale a model works on: the values themselves, or their logarithms where effects multiply.
 * Values below `least` are taken for it before the logarithm; after it they stay between the
 * bounds, so that no forecast explodes.
 */
export type ValueScale =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'logarithmic';
      readonly least: number;
      /** Bounds of the forecast's logarithm. */
      readonly lower: number;
      readonly upper: number;
    };

export const PLAIN: ValueScale = { kind: 'plain' };

/** Forecasts stay within a factor of e² of the values seen. */
const MARGIN = 2;

/** @returns null unless all values are positive. */
export function logarithmicScale(values: Float64Array): ValueScale | null {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(least > 0)) return null;
  const [lower, upper] = [Math.log(least) - MARGIN, Math.log(most) + MARGIN];
  return { kind: 'logarithmic', least, lower, upper };
}

export function toScale(value: number, scale: ValueScale): number {
  return scale.kind === 'plain' ? value : Math.log(Math.max(scale.least, value));
}

export function fromScale(value: number, scale: ValueScale): number {
  if (scale.kind === 'plain') return value;
  return Math.exp(Math.min(scale.upper, Math.max(scale.lower, value)));
}

export function addToScale(graph: GraphBuilder, values: Tensor, scale: ValueScale): Tensor {
  if (scale.kind === 'plain') return values;
  return graph.op('Log', [graph.op('Max', [values, graph.floats([scale.least], [1])])]);
}

export function addFromScale(graph: GraphBuilder, values: Tensor, scale: ValueScale): Tensor {
  if (scale.kind === 'plain') return values;
  const bounds = [graph.floats([scale.lower], []), graph.floats([scale.upper], [])];
  return graph.op('Exp', [graph.op('Clip', [values, ...bounds])]);
}
