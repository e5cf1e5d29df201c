import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  divide,
  exp,
  input,
  matMul,
  multiply,
  reduceSum,
  reshape,
  scalar,
  subtract,
} from '#models/autodiff/expression.ts';
import type { Shape } from '#models/autodiff/tensor-shape.ts';
import { COMPONENT_COUNT } from './component-layout.ts';

/** Shapes of the inputs of a batch; see `crpsWeights` for "below" and "above". */
export function poolBatchShapes(
  examples: number,
  knots: number,
  steps: number,
): Readonly<Record<'knots' | 'distributions' | 'below' | 'above', Shape>> {
  return {
    knots: [examples, knots],
    distributions: [examples, COMPONENT_COUNT, steps],
    below: [examples, steps],
    above: [examples, steps],
  };
}

/** Shares of the components per knot: positive, with sum 1. */
export function poolShares(parameters: Expression, knots: number): Expression {
  const grown = exp(reshape(parameters, [knots, COMPONENT_COUNT]));
  return divide(grown, reduceSum(grown, [1]));
}

/**
 * Continuous ranked probability score of the pool (Gneiting and Raftery, JASA 102, 2007, section
 * 4.2): the integral of (F(x) − 1{y ≤ x})² over x. It equals the mean over all levels of twice the
 * pinball loss. F is constant between two atoms, so the integral is a sum.
 */
export function poolLoss(
  parameters: Expression,
  shapes: ReturnType<typeof poolBatchShapes>,
): Expression {
  const [examples, knots] = shapes.knots as readonly [number, number];
  const steps = shapes.below[1];
  const weights = matMul(input('knots', shapes.knots), poolShares(parameters, knots));
  const stacked = reshape(weights, [examples, 1, COMPONENT_COUNT]);
  const pooled = matMul(stacked, input('distributions', shapes.distributions));
  const distribution = reshape(pooled, [examples, steps]);
  const rest = subtract(scalar(1), distribution);
  const scores = add(
    multiply(input('below', shapes.below), multiply(distribution, distribution)),
    multiply(input('above', shapes.above), multiply(rest, rest)),
  );
  return multiply(reduceSum(scores, [0, 1]), scalar(1 / examples));
}

/** Lengths of the parts of each interval between two atoms that are below and above the value. */
export function crpsWeights(
  value: number,
  atoms: Float64Array,
): { readonly below: Float64Array; readonly above: Float64Array } {
  const below = new Float64Array(atoms.length - 1);
  const above = new Float64Array(atoms.length - 1);
  for (let k = 0; k < below.length; k++) {
    const cut = Math.min(atoms[k + 1], Math.max(atoms[k], value));
    below[k] = cut - atoms[k];
    above[k] = atoms[k + 1] - cut;
  }
  return { below, above };
}
