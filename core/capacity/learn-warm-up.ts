import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';

/** Fewer start-ups say nothing. */
const LEAST_STARTS = 5;
/** Most starts, not the mean one: an instance that comes late is a shortage. */
const LEVEL = 0.9;

/**
 * How long an application's instances take from the decision to service: nine of ten of the observed starts were no
 * slower. The configured time until five were seen.
 * @param startsSeconds observed times from asking to service, any order; those that never came are left out.
 */
export function learnWarmUp(startsSeconds: readonly number[], configuredSeconds: number): number {
  const known = Float64Array.from(startsSeconds.filter((seconds) => seconds >= 0)).sort();
  return known.length < LEAST_STARTS ? configuredSeconds : empiricalQuantile(known, LEVEL);
}
