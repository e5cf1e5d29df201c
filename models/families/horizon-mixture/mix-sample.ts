import type { SamplePlan } from './sample-plan.ts';

/** The fixed points in increasing order. */
export interface SortedPoints {
  readonly values: Float64Array;
  /** Index of the point that each of the values is. */
  readonly order: Uint16Array;
}

/** Sorts the fixed points; nearly sorted stretches (quantiles of windows) cost little. */
export function sortPoints(points: Float64Array, into: SortedPoints): void {
  const { values, order } = into;
  for (let k = 0; k < points.length; k++) order[k] = k;
  order.sort((a, b) => points[a] - points[b]);
  for (let k = 0; k < points.length; k++) values[k] = points[order[k]];
}

/**
 * Weighted quantiles of fixed points and season's points at one step of the grid: for each level
 * the smallest value whose cumulated weight reaches the threshold.
 * @param season the season's points in increasing order; all of them weigh the same.
 * @param out one value per level.
 */
export function mixSample(
  sample: { readonly fixed: SortedPoints; readonly season: Float64Array },
  { plan, row }: { readonly plan: SamplePlan; readonly row: number },
  out: Float64Array,
): void {
  const { fixed, season } = sample;
  const { weights, thresholds, fixedCount } = plan;
  const own = row * (fixedCount + season.length);
  const seasonWeight = season.length === 0 ? 0 : weights[own + fixedCount];
  let cumulated = 0;
  let value = 0;
  let i = 0;
  let j = 0;
  for (let level = 0; level < out.length; level++) {
    const threshold = thresholds[row * out.length + level];
    while (cumulated < threshold) {
      if (j < season.length && (i === fixedCount || season[j] < fixed.values[i])) {
        value = season[j++];
        cumulated += seasonWeight;
      } else {
        value = fixed.values[i];
        cumulated += weights[own + fixed.order[i++]];
      }
    }
    out[level] = value;
  }
}
