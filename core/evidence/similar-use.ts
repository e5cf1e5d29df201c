import type { SortedSamples } from './sorted-use.ts';

/** Past use that resembles the next steps. Valid until the next call of the memory. */
export interface SimilarUse {
  /**
   * Use after similar situations, for the first of the next steps, by age; null if no situation was
   * similar.
   */
  readonly situations: SortedSamples | null;
  /**
   * Use at the same time of day, for each of the next steps: the largest use around it on each of
   * the last days, ascending.
   */
  readonly daily: readonly (readonly number[])[];
}

/** Content of a memory; the arrays may be longer than `steps`. */
export interface RememberedUse {
  readonly values: readonly number[];
  readonly steps: number;
  readonly stepsPerDay: number;
}
