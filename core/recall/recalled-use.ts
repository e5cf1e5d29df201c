import type { WeightedSamples } from '#core/allocate/sampled-use.ts';

/** What a memory says of one step to come; valid until the memory is told or asked something else. */
export interface RecalledUse {
  /** What followed similar situations; null where there were none. */
  readonly analogues: WeightedSamples | null;
  /** What was used at the same time of day: the largest use around it on each of the last days, largest first. */
  readonly daily: readonly number[];
}

/** What a memory keeps, as arrays that may be longer than `steps`. */
export interface RememberedUse {
  readonly values: readonly number[];
  readonly steps: number;
  readonly stepsPerDay: number;
}
