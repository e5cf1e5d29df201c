/** Common steps in seconds; the mean of jittering differences is rounded to one of them. */
export const USUAL_STEPS: readonly number[] = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900,
  1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400, 604_800,
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
/** Times are exact to a microsecond, so a difference is a whole number of microseconds. */
const TICKS_PER_SECOND = 1e6;

export const ticksOf = (seconds: number): number => Math.round(seconds * TICKS_PER_SECOND);
export const secondsOf = (ticks: number): number => ticks / TICKS_PER_SECOND;

/**
 * Infers the step from differences: `exactStep` if there is one; otherwise the common step closest
 * to the mean of the differences near the median; otherwise that mean, rounded to whole seconds if
 * it exceeds one second.
 * @param differences positive, in seconds.
 * @returns seconds; null without differences.
 */
export function typicalStep(differences: Float64Array): number | null {
  return exactStep(differences) ?? meanStep(differences);
}

/**
 * The smallest difference if it is frequent and all others are multiples of it, or the median if
 * nearly all differences equal it.
 */
export function exactStep(differences: Float64Array): number | null {
  if (differences.length === 0) return null;
  const sorted = differences.map(ticksOf).sort();
  const smallest = sorted[0];
  const isSmallest = shareOf(sorted, smallest) >= SMALLEST_SHARE;
  if (isSmallest && sorted.every((d) => d % smallest === 0)) return secondsOf(smallest);
  const median = sorted[(sorted.length - 1) >> 1];
  return shareOf(sorted, median) >= EXACT_SHARE ? secondsOf(median) : null;
}

function meanStep(differences: Float64Array): number | null {
  if (differences.length === 0) return null;
  const sorted = differences.slice().sort();
  const median = sorted[(sorted.length - 1) >> 1];
  const near = sorted.filter((d) => Math.abs(d - median) <= JITTER * median);
  const mean = near.reduce((sum, d) => sum + d, 0) / near.length;
  const usual = USUAL_STEPS.find((step) => Math.abs(mean - step) <= NEAR * step);
  return usual ?? (mean < 1 ? secondsOf(ticksOf(mean)) : Math.round(mean));
}

function shareOf(sorted: Float64Array, value: number): number {
  return (sorted.lastIndexOf(value) - sorted.indexOf(value) + 1) / sorted.length;
}
