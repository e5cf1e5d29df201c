import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';

const HOUR = 3600;
const HOURS = 24;
const DAY = HOURS * HOUR;

/**
 * The mean day of an application twice: over the days of even number and over those of odd number.
 * What holds on one half of the days is judged by the other half. Row-major [resources × 24 UTC
 * hours], each resource divided by its mean; NaN for what was not measured, or not used.
 */
export interface HalfDays {
  readonly even: Float64Array;
  readonly odd: Float64Array;
}

/** Days are counted in UTC from the epoch. */
export function halfDays(
  { startSeconds, stepSeconds, values }: FootprintWindow,
  resources: readonly Resource[],
): HalfDays {
  const even = new Float64Array(resources.length * HOURS).fill(NaN);
  const odd = even.slice();
  resources.forEach((resource, row) => {
    const sums = [new Float64Array(HOURS), new Float64Array(HOURS)] as const;
    const counts = [new Float64Array(HOURS), new Float64Array(HOURS)] as const;
    const series = values[resource];
    for (let step = 0; step < series.length; step++) {
      const value = series[step];
      if (Number.isNaN(value)) continue;
      const seconds = startSeconds + step * stepSeconds;
      const day = Math.floor(seconds / DAY);
      const hour = Math.floor((seconds - day * DAY) / HOUR);
      const half = day % 2 === 0 ? 0 : 1;
      sums[half][hour] += value;
      counts[half][hour]++;
    }
    even.set(onItsMean(sums[0], counts[0]), row * HOURS);
    odd.set(onItsMean(sums[1], counts[1]), row * HOURS);
  });
  return { even, odd };
}

/** Hourly means ÷ their mean; all NaN where nothing was used. */
function onItsMean(sums: Float64Array, counts: Float64Array): Float64Array {
  const means = sums.map((sum, hour) => sum / counts[hour]);
  const known = means.filter((mean) => !Number.isNaN(mean));
  const level = known.reduce((sum, mean) => sum + mean, 0) / known.length;
  return means.map((mean) => (level > 0 ? mean / level : NaN));
}
