/** Steps that people choose, in seconds: what a jittering difference is rounded to. */
const USUAL_STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400,
  21_600, 43_200, 86_400, 604_800,
];
/** A jittering clock is taken to mean a usual step if its median difference is this near to it. */
const NEAR = 0.05;

/**
 * The step that most of the differences mean: their median if at least half of them are exactly that, otherwise the
 * usual step next to it, otherwise the median in whole seconds.
 * @returns seconds, at least 1; null without differences.
 */
export function typicalStep(differences: Float64Array): number | null {
  if (differences.length === 0) return null;
  const sorted = differences.slice().sort();
  const median = sorted[sorted.length >> 1]!;
  const exact = sorted.lastIndexOf(median) - sorted.indexOf(median) + 1;
  if (Number.isInteger(median) && exact * 2 >= sorted.length) return median;
  const usual = USUAL_STEPS.find((step) => Math.abs(median - step) <= NEAR * step);
  return usual ?? Math.max(1, Math.round(median));
}
