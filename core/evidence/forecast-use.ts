import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { InstanceUnits, PooledUse } from './use-distribution.ts';

/**
 * Adds `part` of what a step of a quantile forecast says as a distribution: linear between its levels, everything below
 * the first level at its quantile, and above the last an exponential tail whose slope continues the last two levels.
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
  const [lowest, highest, beyond] = [at[0]!, at[last]!, 1 - levels[last]!];
  const tail = tailScale(at, levels);
  // ∫ P(use > y) dy from 0 to x is what a capacity of x would serve on average. Everything below zero is used with
  // certainty: a margin fills the first instances.
  let before = -margin;
  /** Of the levels below `level`, as x never falls. */
  let served = lowest;
  let level = 1;
  for (let k = 0; k < pooled.length; k++) {
    const x = (k + 1) * capacity - margin;
    for (; level <= last && x >= at[level]!; level++) {
      const above = 1 - levels[level - 1]! + (1 - levels[level]!);
      served += ((at[level]! - at[level - 1]!) * above) / 2;
    }
    let until = served;
    if (x <= lowest) until = x;
    else if (level <= last) {
      const [from, to] = [at[level - 1]!, at[level]!];
      const share = (x - from) / (to - from);
      const above = 1 - levels[level - 1]!;
      until += ((x - from) * (2 * above + (1 - levels[level]! - above) * share)) / 2;
    } else if (tail > 0) until += beyond * tail * (1 - Math.exp(-(x - highest) / tail));
    pooled[k]! += part * Math.min(1, (until - before) / capacity);
    before = until;
  }
}

/** Mean excess over the last level, from the slope between it and the last level but two. */
function tailScale(at: Float64Array, levels: readonly number[]): number {
  const last = levels.length - 1;
  const earlier = Math.max(0, last - 2);
  if (earlier === last) return 0;
  return (at[last]! - at[earlier]!) / Math.log((1 - levels[earlier]!) / (1 - levels[last]!));
}
