import type { InstanceUnits, PooledUse } from './instance-use.ts';

/** Measured uses with weights. */
export interface WeightedSamples {
  /**
   * Sample k is values[newest − k] and has the weight weights[k]. Many sets of samples share one
   * history.
   */
  readonly values: readonly number[];
  readonly newest: number;
  readonly weights: readonly number[];
  /** Number of samples; the arrays may be longer. */
  readonly count: number;
  /** Sum of the weights, above 0. */
  readonly total: number;
}

/** Adds the empirical distribution of weighted samples, with the weight `part`. */
export function addSampledUse(
  pooled: PooledUse,
  { samples, part }: { readonly samples: WeightedSamples; readonly part: number },
  { capacity, margin }: InstanceUnits,
): void {
  const { values, newest, weights, count, total } = samples;
  const most = pooled.length;
  // If a sample fills n instances and a part of the next one, its weight goes to `full[n]` and the
  // part's weight to `begun[n]`.
  const full = new Float64Array(most + 1);
  const begun = new Float64Array(most + 1);
  const perUnit = 1 / capacity;
  for (let k = 0; k < count; k++) {
    const weight = weights[k];
    // A step that is still to come has none.
    if (weight === 0) continue;
    const filled = Math.min((values[newest - k] + margin) * perUnit, most);
    const whole = Math.floor(filled);
    full[whole] += weight;
    begun[whole] += weight * (filled - whole);
  }
  let above = full[most];
  for (let k = most - 1; k >= 0; k--) {
    pooled[k] += part * Math.min(1, (above + begun[k]) / total);
    above += full[k];
  }
}
