import type { WeightedSamples } from '#core/allocate/sampled-use.ts';
import type { Situations } from './situation.ts';

/** What a memory says of one step to come. */
export interface RecalledUse {
  /** What followed similar situations; null where there were none. */
  readonly analogues: WeightedSamples | null;
  /** What was used at the same time of day: the largest use around it on each of the last days, largest first. */
  readonly daily: readonly number[];
}

/** What a memory keeps, as arrays that may be longer than `steps`. */
export interface RememberedUse {
  readonly values: Float64Array;
  readonly situations: Situations;
  readonly steps: number;
  readonly stepsPerDay: number;
}
