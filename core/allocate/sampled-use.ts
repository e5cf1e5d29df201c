import type { UseDistribution } from './use-distribution.ts';

/** Measured uses and how much each counts; arrays of the same length. */
export interface WeightedSamples {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
}

/**
 * The empirical distribution of weighted samples.
 * @throws RangeError without any positive weight.
 */
export function sampledUse({ values, weights, total }: WeightedSamples): UseDistribution {
  if (!(total > 0)) throw new RangeError(`weights of ${weights.length} samples sum to ${total}`);
  return {
    marginalUse({ capacity, margin, count }) {
      // Where a sample fills n instances and a part of one more, its weight goes to the n-th and its part to the next.
      const full = new Float64Array(count + 1);
      const part = new Float64Array(count + 1);
      const perUnit = 1 / capacity;
      for (let k = 0; k < values.length; k++) {
        const filled = (values[k]! + margin) * perUnit;
        const weight = weights[k]!;
        if (filled >= count) {
          full[count]! += weight;
          continue;
        }
        const whole = Math.floor(filled);
        full[whole]! += weight;
        part[whole]! += weight * (filled - whole);
      }
      const shares = new Float64Array(count);
      let above = full[count]!;
      for (let k = count - 1; k >= 0; k--) {
        shares[k] = Math.min(1, (above + part[k]!) / total);
        above += full[k]!;
      }
      return shares;
    },
  };
}
