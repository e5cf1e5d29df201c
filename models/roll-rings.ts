import type { RollingForecast } from './forecast-model.ts';
import type { Rings } from './mixture-rings.ts';
import { rankValues } from './rank-values.ts';

/** Ranks per bucket: near the square root of the 8064 points of four weeks, where both walks are about as long. */
const BUCKET = 128;

/**
 * The quantiles of `ringQuantiles` at growing origins of one series, without sorting again for each: a histogram
 * of weights over the ranks of all values, moved one step at a time. Only points before the origin carry weight.
 */
export function rollRings(values: Float64Array, rings: Rings): RollingForecast {
  const { ages, weights, length, thresholds } = rings;
  const { sorted, ranks } = rankValues(values);
  const rankWeights = new Int32Array(sorted.length);
  const bucketWeights = new Int32Array(Math.ceil(sorted.length / BUCKET));
  let start = 0;
  let moved = 0;

  const addWeight = (index: number, weight: number): void => {
    if (index < start) return;
    const rank = ranks[index]!;
    rankWeights[rank]! += weight;
    bucketWeights[(rank / BUCKET) | 0]! += weight;
  };
  const step = (): void => {
    addWeight(moved, weights[0]!);
    for (let ring = 0; ring < ages.length; ring++) {
      addWeight(moved - ages[ring]!, (weights[ring + 1] ?? 0) - weights[ring]!);
    }
    moved++;
  };

  return (end, out) => {
    if (end < length || end < moved)
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    if (moved === 0) moved = start = end - length;
    while (moved < end) step();
    let below = 0;
    let bucket = 0;
    for (let level = 0; level < thresholds.length; level++) {
      const threshold = thresholds[level]!;
      while (below + bucketWeights[bucket]! < threshold) below += bucketWeights[bucket++]!;
      let rank = bucket * BUCKET;
      let sum = below + rankWeights[rank]!;
      while (sum < threshold) sum += rankWeights[++rank]!;
      out[level] = sorted[rank]!;
    }
  };
}
