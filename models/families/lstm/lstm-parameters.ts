import { matrixSpec, type ParameterSpec } from '#models/network-training/parameter-layout.ts';
import { KNOT_COUNT } from './horizon-knots.ts';
import { PROFILE_COUNT, TOKEN_FEATURES } from './lstm-dimensions.ts';

/**
 * Sizes that fix the number of weights. The same weights serve any context, horizon and step.
 */
export interface LstmSize {
  readonly hidden: number;
  readonly levels: number;
}

/** Per knot and level: one increment of its own, and one for each profile. */
const increments = ({ levels }: LstmSize): number => (1 + PROFILE_COUNT) * levels * KNOT_COUNT;

/** The parameters of `lstmNetwork`, in the order of its vector. */
export function lstmParameters(size: LstmSize): readonly ParameterSpec[] {
  const { hidden } = size;
  return [
    matrixSpec('tokens', TOKEN_FEATURES, 4 * hidden),
    // One bias per kind of token, so that the network knows minutes from days.
    { name: 'kinds', shape: [3, 4 * hidden], spread: 0.1 },
    matrixSpec('recurrent', hidden, 4 * hidden),
    matrixSpec('head', hidden, increments(size)),
    // Increments begin small: a fan of narrow quantiles.
    { name: 'head_bias', shape: [increments(size)], spread: 0, centre: -3 },
  ];
}
