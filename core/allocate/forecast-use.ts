import type { QuantileForecast } from '#models/forecast-model.ts';
import type { UseDistribution } from './use-distribution.ts';

/**
 * A step of a quantile forecast as a distribution: linear between its levels, everything below the first level at its
 * quantile, and above the last an exponential tail whose slope continues the last two levels.
 * @param step 0 for the first step of the horizon.
 */
export function forecastUse(forecast: QuantileForecast, step: number): UseDistribution {
  const { levels, values } = forecast;
  const at = values.subarray(step * levels.length, (step + 1) * levels.length);
  const tail = tailScale(at, levels);
  return {
    marginalUse({ capacity, margin, count }) {
      const shares = new Float64Array(count);
      const served = servedBy({ at, levels, tail });
      // Everything below zero is used with certainty: a margin fills the first instances.
      let before = -margin;
      for (let k = 0; k < count; k++) {
        const until = served((k + 1) * capacity - margin);
        shares[k] = Math.min(1, (until - before) / capacity);
        before = until;
      }
      return shares;
    },
  };
}

interface Quantiles {
  readonly at: Float64Array;
  readonly levels: readonly number[];
  readonly tail: number;
}

/**
 * ∫ P(use > y) dy from 0 to x: what a capacity of x would serve on average, for x that never fall. Negative x stands for
 * itself.
 */
function servedBy({ at, levels, tail }: Quantiles): (x: number) => number {
  const [lowest, beyond] = [at[0]!, 1 - levels.at(-1)!];
  let level = 1;
  let served = lowest;
  return (x) => {
    if (x <= lowest) return x;
    for (; level < levels.length; level++) {
      const [from, to] = [at[level - 1]!, at[level]!];
      const [above, aboveNext] = [1 - levels[level - 1]!, 1 - levels[level]!];
      if (x < to) {
        const share = (x - from) / (to - from);
        return served + ((x - from) * (2 * above + (aboveNext - above) * share)) / 2;
      }
      served += ((to - from) * (above + aboveNext)) / 2;
    }
    return tail > 0 ? served + beyond * tail * (1 - Math.exp(-(x - at.at(-1)!) / tail)) : served;
  };
}

/** Mean excess over the last level, from the slope between it and the last level but two. */
function tailScale(at: Float64Array, levels: readonly number[]): number {
  const last = levels.length - 1;
  const earlier = Math.max(0, last - 2);
  if (earlier === last) return 0;
  return (at[last]! - at[earlier]!) / Math.log((1 - levels[earlier]!) / (1 - levels[last]!));
}
