import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { InstanceUnits, PooledUse } from './instance-use.ts';

/**
 * Adds one step of a quantile forecast, with the weight `part`. As a distribution it is linear
 * between its levels, has all probability below the first level at the first quantile, and has an
 * exponential tail above the last level that continues the slope of the last levels.
 * @param step 0 for the first step of the horizon.
 */
export function addForecastUse(
  pooled: PooledUse,
  {
    forecast,
    step,
    part,
  }: { readonly forecast: QuantileForecast; readonly step: number; readonly part: number },
  { capacity, margin }: InstanceUnits,
): void {
  const { levels, values } = forecast;
  const at = values.subarray(step * levels.length, (step + 1) * levels.length);
  const last = levels.length - 1;
  const [lowest, highest, beyond] = [at[0], at[last], 1 - levels[last]];
  const tail = tailScale(at, levels);
  // The integral of P(use > y) from 0 to x is the use that a capacity of x serves on average. All
  // use below zero is certain: a margin fills the first instances.
  let before = -margin;
  /**
   * Use served up to the levels below `level`. It is kept between instances because x increases.
   */
  let served = lowest;
  let level = 1;
  for (let k = 0; k < pooled.length; k++) {
    const x = (k + 1) * capacity - margin;
    for (; level <= last && x >= at[level]; level++) {
      const above = 1 - levels[level - 1] + (1 - levels[level]);
      served += ((at[level] - at[level - 1]) * above) / 2;
    }
    let until = served;
    if (x <= lowest) until = x;
    else if (level <= last) {
      const [from, to] = [at[level - 1], at[level]];
      const share = (x - from) / (to - from);
      const above = 1 - levels[level - 1];
      until += ((x - from) * (2 * above + (1 - levels[level] - above) * share)) / 2;
    } else if (tail > 0) until += beyond * tail * (1 - Math.exp(-(x - highest) / tail));
    pooled[k] += part * Math.min(1, (until - before) / capacity);
    before = until;
  }
}

/** Mean excess above the last level, from the slope between it and the level two before. */
function tailScale(at: Float64Array, levels: readonly number[]): number {
  const last = levels.length - 1;
  const earlier = Math.max(0, last - 2);
  if (earlier === last) return 0;
  return (at[last] - at[earlier]) / Math.log((1 - levels[earlier]) / (1 - levels[last]));
}
