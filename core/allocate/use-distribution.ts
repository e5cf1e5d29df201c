/** The instances that a use may fill, one after the other. */
export interface InstanceUnits {
  /** What one instance may hold, in the resource's unit. */
  readonly capacity: number;
  /** Added to every use: the safety margin. */
  readonly margin: number;
  /** Instances looked at. */
  readonly count: number;
}

/** What is known of the use of one resource in one step to come. */
export interface UseDistribution {
  /**
   * Expected use of each instance, as a share of it: entry k − 1 is E[min(1, max(0, use ÷ capacity − (k − 1)))]. Between
   * 0 and 1 and never increasing: the last instance is used the least.
   */
  marginalUse(units: InstanceUnits): Float64Array;
}

/** Evidence and how much it counts. */
export interface WeightedUse {
  readonly weight: number;
  readonly use: UseDistribution;
}

/**
 * Several sources of evidence as one (linear opinion pool: M. Stone, Annals of Mathematical Statistics 32, 1961): each
 * says what share of every instance would be used, and the shares are averaged. Weights need not sum to one.
 * @throws RangeError without any positive weight.
 */
export function poolUse(parts: readonly WeightedUse[]): UseDistribution {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError(`weights sum to ${total}`);
  return {
    marginalUse(units) {
      const pooled = new Float64Array(units.count);
      for (const { weight, use } of parts) {
        const shares = use.marginalUse(units);
        const part = weight / total;
        for (let k = 0; k < pooled.length; k++) pooled[k]! += part * shares[k]!;
      }
      return pooled;
    },
  };
}
