import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';

/** Fewer start-ups are not used. */
const LEAST_STARTS = 5;
/** A high quantile instead of the mean, because an instance that starts late causes a shortage. */
const LEVEL = 0.9;

/**
 * Warm-up of an application's instances, from the decision to service: the 90 % quantile of the
 * observed start-ups, or the configured time with fewer than five of them.
 * @param startsSeconds observed times from the decision to service, in any order. Instances that
 * never started are left out.
 */
export function learnWarmUp(startsSeconds: readonly number[], configuredSeconds: number): number {
  const sorted = Float64Array.from(startsSeconds.filter((seconds) => seconds >= 0)).sort();
  return sorted.length < LEAST_STARTS ? configuredSeconds : empiricalQuantile(sorted, LEVEL);
}
