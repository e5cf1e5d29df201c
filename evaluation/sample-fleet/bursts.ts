import type { RandomSource } from '#core/domain/random.ts';
import { standardNormal } from '#core/domain/random.ts';

export interface BurstOptions {
  readonly steps: number;
  /** Mean number of bursts that start per step, as a function of the step. */
  readonly rate: (step: number) => number;
  /** Mean length in steps (geometric). */
  readonly meanLength: number;
  /** Median height; 1 is the usual peak. Heights are log-normal. */
  readonly medianHeight: number;
  readonly heightSpread: number;
}

/**
 * Load that comes in bursts (builds, queries, test runs): Poisson starts, geometric lengths,
 * log-normal heights. Overlapping bursts add up.
 * @returns load per step; 0 without a burst.
 */
export function bursts(random: RandomSource, options: BurstOptions): Float64Array {
  const load = new Float64Array(options.steps);
  for (let step = 0; step < options.steps; step++) {
    if (random() >= options.rate(step)) continue;
    const length = 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / options.meanLength));
    const height = options.medianHeight * Math.exp(options.heightSpread * standardNormal(random));
    load.subarray(step, step + length).forEach((value, index, part) => {
      part[index] = value + height;
    });
  }
  return load;
}
