import type { SortedSamples } from './sorted-use.ts';

/** What a memory says of the steps to come; valid until the memory is told or asked something else. */
export interface SimilarUse {
  /** What followed similar situations in the first step to come, by age; null where there were none. */
  readonly analogues: SortedSamples | null;
  /**
   * What was used at the same time of day, per step to come: the largest use around it on each of the last days, smallest
   * first.
   */
  readonly daily: readonly (readonly number[])[];
}

/** What a memory keeps, as arrays that may be longer than `steps`. */
export interface RememberedUse {
  readonly values: readonly number[];
  readonly steps: number;
  readonly stepsPerDay: number;
}
