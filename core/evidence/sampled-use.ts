import type { InstanceUnits, PooledUse } from './use-distribution.ts';

/** Measured uses and how much each counts. */
export interface WeightedSamples {
  /** Sample k is values[newest − k] and counts weights[k]; many samples are read out of one history. */
  readonly values: readonly number[];
  readonly newest: number;
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
  const { values, newest, weights, count, total } = samples;
  const most = pooled.length;
  // Where a sample fills n instances and a part of one more, its weight goes to the n-th and its part to the next.
  const full = new Float64Array(most + 1);
  const begun = new Float64Array(most + 1);
  const perUnit = 1 / capacity;
  // Similar situations fill the same instance: its sums stay at hand until another one is filled. One by one: taken from an
  // array they would be numbers on the heap.
  let current = 0;
  let fullNow = 0;
  let begunNow = 0;
  for (let k = 0; k < count; k++) {
    const weight = weights[k]!;
    if (weight === 0) continue;
    const filled = Math.min((values[newest - k]! + margin) * perUnit, most);
    const whole = Math.floor(filled);
    if (whole !== current) {
      full[current] = fullNow;
      begun[current] = begunNow;
      current = whole;
      fullNow = full[whole]!;
      begunNow = begun[whole]!;
    }
    fullNow += weight;
    begunNow += weight * (filled - whole);
  }
  full[current] = fullNow;
  begun[current] = begunNow;
  let above = full[most]!;
  for (let k = most - 1; k >= 0; k--) {
    pooled[k]! += part * Math.min(1, (above + begun[k]!) / total);
    above += full[k]!;
  }
}
