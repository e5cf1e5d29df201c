import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  concat,
  constant,
  divide,
  filled,
  input,
  matMul,
  multiply,
  reduceSum,
  reshape,
  scalar,
  softplus,
  sqrt,
  transpose,
} from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { parameterVector, unpackParameters } from '#models/network-training/parameter-vector.ts';
import { KNOT_COUNT, knotWeights } from './horizon-knots.ts';
import { PROFILE_COUNT } from './lstm-dimensions.ts';
import { lstmParameters } from './lstm-parameters.ts';
import { lstmState } from './lstm-state.ts';
import { seasonalProfiles } from './seasonal-profiles.ts';
import { windowTokens } from './window-tokens.ts';

/** The network at some steps ahead. */
export interface LstmNetwork {
  /** [weights]. */
  readonly parameters: Expression;
  /** [batch, context]. */
  readonly history: Expression;
  /** [batch, 1]: mean absolute value of the context. */
  readonly scale: Expression;
  /** [batch, steps, levels], never negative, never crossing, in the unit of the history. */
  readonly quantiles: Expression;
}

export interface NetworkRequest {
  readonly shape: ForecastShape;
  readonly hidden: number;
  /** −1 where only the run knows. */
  readonly batch: number;
  /** Steps ahead, counted from 1; all of the horizon where absent. */
  readonly steps?: readonly number[] | undefined;
}

/**
 * A long short-term memory (Hochreiter and Schmidhuber, Neural Computation 9, 1997) that reads a
 * history at several resolutions and gives quantiles at all steps at once (direct multi-horizon:
 * Wen et al., arXiv 1711.11053, 2017). A window is divided by its own scale. Quantiles are sums of
 * increments that are never negative – softplus, some of them times a seasonal profile –, so they
 * can neither cross nor be negative.
 */
export function lstmNetwork({ shape, hidden, batch, steps }: NetworkRequest): LstmNetwork {
  const { context, levels } = shape;
  const specs = lstmParameters({ hidden, levels: levels.length });
  const parameters = parameterVector(specs);
  const weights = unpackParameters(parameters, specs);
  const history = input('history', [batch, context]);
  const magnitude = sqrt(multiply(history, history));
  // The addition keeps an idle window from dividing by zero.
  const scale = add(multiply(reduceSum(magnitude, [1]), scalar(1 / context)), scalar(1e-9));
  const scaled = divide(history, scale);
  const state = lstmState(windowTokens(scaled, shape), { weights, hidden, shape });
  const head = softplus(add(matMul(state, weights.get('head')!), weights.get('head_bias')!));
  const profiles = chosenProfiles(seasonalProfiles(scaled, shape), steps);
  const quantiles = sumIncrements(head, profiles, { shape, batch, steps });
  return {
    parameters,
    history,
    scale,
    quantiles: multiply(quantiles, reshape(scale, [batch, 1, 1])),
  };
}

/** The profiles at some of the steps. */
function chosenProfiles(profiles: Expression, steps: readonly number[] | undefined): Expression {
  if (steps === undefined) return profiles;
  const horizon = profiles.shape[2];
  const selection = new Float64Array(horizon * steps.length);
  steps.forEach((step, column) => (selection[(step - 1) * steps.length + column] = 1));
  return matMul(profiles, constant(selection, [horizon, steps.length]));
}

function sumIncrements(
  head: Expression,
  profiles: Expression,
  { shape, batch, steps }: Omit<NetworkRequest, 'hidden'>,
): Expression {
  const ahead = steps ?? Array.from({ length: shape.horizon }, (_, row) => row + 1);
  const levels = shape.levels.length;
  const kinds = 1 + PROFILE_COUNT;
  const knots = reshape(head, [batch, kinds * levels, KNOT_COUNT]);
  const weights = constant(knotWeights(ahead, shape.stepSeconds), [KNOT_COUNT, ahead.length]);
  const perStep = reshape(matMul(knots, weights), [batch, kinds, levels, ahead.length]);
  // One for the increments that stand for themselves: nothing of the profiles plus one.
  const one = add(multiply(reduceSum(profiles, [1]), scalar(0)), filled([1, 1, ahead.length], 1));
  const factors = reshape(concat([one, profiles], 1), [batch, kinds, 1, ahead.length]);
  const parts = reshape(reduceSum(multiply(perStep, factors), [1]), [batch, levels, ahead.length]);
  const upper = Float64Array.from({ length: levels * levels }, (_, k) =>
    Math.floor(k / levels) <= k % levels ? 1 : 0,
  );
  return matMul(transpose(parts, [0, 2, 1]), constant(upper, [levels, levels]));
}
