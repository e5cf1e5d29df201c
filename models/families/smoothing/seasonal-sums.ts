import type { FilterWeights, FilterWindow } from './smoothing-filter.ts';

/**
 * What the filter makes of the season alone, for every phase that an origin can have: rows of
 * [level, trend, season at the last step before the origin]. Level and trend are the filter's
 * weights times the season over the context before the origin; from one phase to the next both
 * follow from the one before in constant time.
 */
export function seasonalSums(
  season: Float64Array,
  window: FilterWindow,
  weights: FilterWeights,
): Float64Array {
  const { context, initialSteps, parameters } = window;
  const { levelGain, trendGain, damping } = parameters;
  const { length } = season;
  const { levelPower, trendPower } = weights;
  const [levelRemains, trendRemains] = [levelPower[0], trendPower[0]];
  // Weights of the value that leaves the window: those of the oldest, one transition further.
  const levelLeaves = levelPower[0] * levelGain + levelPower[1] * trendGain;
  const trendLeaves = trendPower[0] * levelGain + trendPower[1] * trendGain;
  const at = (step: number): number => season[((step % length) + length) % length];

  // Filter states without the first level, and the sum the first level is the mean of.
  let [level, trend, first] = [0, 0, 0];
  for (let k = 0; k < initialSteps; k++) first += at(k - context);
  for (let k = 0; k < context; k++) {
    level += weights.level[k] * at(k - context);
    trend += weights.trend[k] * at(k - context);
  }
  level -= (levelRemains * first) / initialSteps;
  trend -= (trendRemains * first) / initialSteps;

  const sums = new Float64Array(3 * length);
  for (let phase = 0; phase < length; phase++) {
    const mean = first / initialSteps;
    sums[3 * phase] = level + levelRemains * mean;
    sums[3 * phase + 1] = trend + trendRemains * mean;
    sums[3 * phase + 2] = at(phase - 1);
    const error = season[phase] - level - damping * trend;
    const leaving = at(phase - context);
    level += damping * trend + levelGain * error - levelLeaves * leaving;
    trend = damping * trend + trendGain * error - trendLeaves * leaving;
    first += at(phase - context + initialSteps) - leaving;
  }
  return sums;
}
