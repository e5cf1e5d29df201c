import type { RollingForecast } from '#models/contract/forecast-model.ts';
import { createRankHistogram } from '#models/numeric/rank-histogram.ts';
import type { RankedValues } from '#models/numeric/rank-values.ts';
import { rankValues } from '#models/numeric/rank-values.ts';
import type { Rings } from './mixture-rings.ts';

/**
 * The quantiles of `ringQuantiles` at growing origins of one series, without sorting again for
 * each: a histogram of weights over the ranks of all values, moved one step at a time. Only points
 * before the origin carry weight.
 * @param ranked the values' ranks, where they are known already.
 */
export function rollRings(
  values: Float64Array,
  rings: Rings,
  { sorted, ranks }: RankedValues = rankValues(values),
): RollingForecast {
  const { ages, weights, length, thresholds } = rings;
  const histogram = createRankHistogram(sorted.length);
  const reached = new Int32Array(thresholds.length);
  let start = 0;
  let moved = 0;

  const addWeight = (index: number, weight: number): void => {
    if (index >= start) histogram.add(ranks[index], weight);
  };
  const step = (): void => {
    addWeight(moved, weights[0]);
    for (let ring = 0; ring < ages.length; ring++) {
      addWeight(moved - ages[ring], (weights[ring + 1] ?? 0) - weights[ring]);
    }
    moved++;
  };

  return (end, out) => {
    if (end < length || end < moved) {
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    }
    if (moved === 0) moved = start = end - length;
    while (moved < end) step();
    histogram.reach(thresholds, reached);
    for (let level = 0; level < reached.length; level++) out[level] = sorted[reached[level]];
  };
}
