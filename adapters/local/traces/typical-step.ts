/** Steps that people choose, in seconds: what a jittering difference is rounded to. */
const USUAL_STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400,
  21_600, 43_200, 86_400, 604_800,
];
/** A jittering clock is taken to mean a usual step if its mean difference is this near to it. */
const NEAR = 0.05;
/** So many of the differences must be the smallest one, before it is taken for the step and the others for gaps. */
const SMALLEST_SHARE = 0.1;
/** So many of the differences must be exactly their median, before it is the step and not the middle of a jitter. */
const EXACT_SHARE = 0.75;
/** Differences within this part of the median are the same step with jitter; others are gaps and jumps. */
const JITTER = 0.4;

/**
 * The step that the differences mean: the smallest one if it is frequent and all others are multiples of it; otherwise
 * their median if nearly all are exactly that; otherwise the usual step next to the mean of those near the median,
 * otherwise that mean in whole seconds.
 * @returns seconds, at least 1; null without differences.
 */
export function typicalStep(differences: Float64Array): number | null {
  if (differences.length === 0) return null;
  const sorted = differences.slice().sort();
  const smallest = sorted[0]!;
  const isSmallest = shareOf(sorted, smallest) >= SMALLEST_SHARE;
  if (Number.isInteger(smallest) && isSmallest && sorted.every((d) => d % smallest === 0)) {
    return smallest;
  }
  const median = sorted[(sorted.length - 1) >> 1]!;
  if (Number.isInteger(median) && shareOf(sorted, median) >= EXACT_SHARE) return median;
  const near = sorted.filter((d) => Math.abs(d - median) <= JITTER * median);
  const mean = near.reduce((sum, d) => sum + d, 0) / near.length;
  const usual = USUAL_STEPS.find((step) => Math.abs(mean - step) <= NEAR * step);
  return usual ?? Math.max(1, Math.round(mean));
}

function shareOf(sorted: Float64Array, value: number): number {
  return (sorted.lastIndexOf(value) - sorted.indexOf(value) + 1) / sorted.length;
}
