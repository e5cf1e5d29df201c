import { KNOT_COUNT } from './horizon-knots.ts';
import { PROFILE_COUNT } from './lstm-dimensions.ts';
import type { LstmSize } from './lstm-parameters.ts';

/**
 * Share of the profiles' mean that the lowest quantile begins with, and what each further level
 * adds to it.
 */
const LOWEST_SHARE = 0.5;
const SPREAD_SHARE = 1;

/**
 * How much of the weights between state and increments is kept: the state is to move the profiles,
 * not to drown them.
 */
const HEAD_SHARE = 0.3;

/**
 * Weights with which the forecast is about the mean of the seasonal profiles, the lowest quantile
 * half of it and the highest one and a half, and the recurrent part is as it was given.
 */
export function profileParameters(
  parameters: Float32Array,
  { hidden, levels }: LstmSize,
): Float32Array {
  const kinds = 1 + PROFILE_COUNT;
  const increments = kinds * levels * KNOT_COUNT;
  const biasAt = parameters.length - increments;
  const begun = parameters.slice();
  for (let k = biasAt - hidden * increments; k < biasAt; k++) begun[k] *= HEAD_SHARE;
  for (let k = 0; k < increments; k++) {
    const level = Math.floor(k / KNOT_COUNT) % levels;
    const isProfile = k >= levels * KNOT_COUNT;
    const share = level === 0 ? LOWEST_SHARE : SPREAD_SHARE / (levels - 1);
    if (isProfile) begun[biasAt + k] = inverseSoftplus(share / PROFILE_COUNT);
  }
  return begun;
}

const inverseSoftplus = (value: number): number => Math.log(Math.expm1(value));
