/** Common steps in seconds; the mean of jittering differences is rounded to one of them. */
const USUAL_STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400,
  21_600, 43_200, 86_400, 604_800,
];
/** Largest relative distance between the mean difference and a common step. */
const NEAR = 0.05;
/**
 * Share of differences that must equal the smallest one to take it as the step and the others as
 * gaps.
 */
const SMALLEST_SHARE = 0.1;
/**
 * Share of differences that must equal their median to take it as the step and not as the middle of
 * jitter.
 */
const EXACT_SHARE = 0.75;
/**
 * Differences within this relative distance of the median are the same step with jitter; others are
 * gaps and jumps.
 */
const JITTER = 0.4;

/**
 * Infers the step from differences, by the first rule that applies:
 * - the smallest difference, if it is frequent and all others are multiples of it;
 * - the median, if nearly all differences equal it;
 * - the common step closest to the mean of the differences near the median;
 * - that mean in whole seconds.
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
