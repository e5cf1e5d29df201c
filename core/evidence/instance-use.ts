/** The instances that use is distributed over. */
export interface InstanceUnits {
  /** Usable capacity of one instance, in the resource's unit. */
  readonly capacity: number;
  /** Safety margin, added to every use. */
  readonly margin: number;
}

/**
 * Expected use of each instance in one step, as a share of the instance. Entry k − 1 is E[min(1,
 * max(0, use ÷ capacity − (k − 1)))]. Entries are between 0 and 1 and never increase: the last
 * instance is used least.
 *
 * Several sources of evidence are pooled (linear opinion pool: M. Stone, Annals of Mathematical
 * Statistics 32, 1961). Each source adds its expected use times its weight; the weights sum to 1.
 */
export type PooledUse = Float64Array;
