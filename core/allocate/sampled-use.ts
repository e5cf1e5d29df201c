import type { InstanceUnits, PooledUse } from './use-distribution.ts';

/** Measured uses and how much each counts. */
export interface WeightedSamples {
  /** Sample k is values[places[k] + shift]: many samples are read out of one history. */
  readonly values: readonly number[];
  readonly places: readonly number[];
  readonly shift: number;
  readonly weights: readonly number[];
  /** Samples there are; the arrays may be longer. */
  readonly count: number;
  /** Sum of the weights, above 0. */
  readonly total: number;
}

/** Adds `part` of what an empirical distribution of weighted samples says. */
export function addSampledUse(
  pooled: PooledUse,
  { samples, part }: { readonly samples: WeightedSamples; readonly part: number },
  { capacity, margin }: InstanceUnits,
): void {
  const { values, places, shift, weights, count, total } = samples;
  const most = pooled.length;
  // Where a sample fills n instances and a part of one more, its weight goes to the n-th and its part to the next.
  const full = new Float64Array(most + 1);
  const begun = new Float64Array(most + 1);
  const perUnit = 1 / capacity;
  for (let k = 0; k < count; k++) {
    const filled = (values[places[k]! + shift]! + margin) * perUnit;
    const weight = weights[k]!;
    if (filled >= most) {
      full[most]! += weight;
      continue;
    }
    const whole = Math.floor(filled);
    full[whole]! += weight;
    begun[whole]! += weight * (filled - whole);
  }
  let above = full[most]!;
  for (let k = most - 1; k >= 0; k--) {
    pooled[k]! += part * Math.min(1, (above + begun[k]!) / total);
    above += full[k]!;
  }
}
