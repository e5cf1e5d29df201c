/** The instances that a use may fill, one after the other. */
export interface InstanceUnits {
  /** What one instance may hold, in the resource's unit. */
  readonly capacity: number;
  /** Added to every use: the safety margin. */
  readonly margin: number;
}

/**
 * Expected use of each instance, as a share of it, in one step: entry k − 1 is E[min(1, max(0, use ÷ capacity − (k − 1)))].
 * Between 0 and 1 and never increasing: the last instance is used the least.
 *
 * Several sources of evidence are pooled (linear opinion pool: M. Stone, Annals of Mathematical Statistics 32, 1961): each
 * adds its part of what it says, and the parts sum to one.
 */
export type PooledUse = Float64Array;
