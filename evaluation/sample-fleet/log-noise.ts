import { standardNormal } from '#core/domain/random.ts';
import type { RandomSource } from '#core/domain/random.ts';

export interface LogNoise {
  /** Standard deviation of the logarithm. */
  readonly spread: number;
  /** Autocorrelation from one step to the next, in [0, 1). */
  readonly persistence: number;
}

/**
 * Multiplicative, autocorrelated noise: the exponential of a stationary first-order autoregression,
 * divided by its mean so that it does not change the level.
 */
export function logNoise(random: RandomSource, steps: number, noise: LogNoise): Float64Array {
  const innovation = noise.spread * Math.sqrt(1 - noise.persistence ** 2);
  const mean = Math.exp(noise.spread ** 2 / 2);
  let state = noise.spread * standardNormal(random);
  return Float64Array.from({ length: steps }, () => {
    const value = Math.exp(state) / mean;
    state = noise.persistence * state + innovation * standardNormal(random);
    return value;
  });
}
