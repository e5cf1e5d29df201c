import type { AllocationSettings } from '#core/domain/settings/settings.ts';

/** After so many days a day's peak counts half. */
const HALF_LIFE_DAYS = 3;
/** Share of the days with a peak whose peak is held. */
const LEVEL = 0.9;
/** Fewer days show no habit. */
const LEAST_DAYS = 2;
const DAY_HOURS = 24;

/** Days that are looked back at. */
export const MEMORY_PEAK_DAYS = 14;

/**
 * Memory that is held all day for brief peaks. An instance that lacks memory is not slow but
 * killed, so it is one kill that costs, however short the peak: where peaks come on so many days
 * that the kills cost more than an instance that idles all day, the peaks are held. The height is
 * the 90th percentile of the daily peaks with fading weights, as in the recommender of the Vertical
 * Pod Autoscaler.
 * @param peaks the largest brief peak of each day, newest first, 0 without one; see `briefPeaks`.
 * @returns bytes; null where nothing is to be held.
 */
export function memoryFloor(
  peaks: readonly number[],
  { outOfMemoryCost, idleCost }: Pick<AllocationSettings, 'outOfMemoryCost' | 'idleCost'>,
): number | null {
  if (peaks.length < LEAST_DAYS) return null;
  let [all, withPeak] = [0, 0];
  const weighted = peaks.map((peak, day) => {
    const weight = 0.5 ** (day / HALF_LIFE_DAYS);
    all += weight;
    if (peak > 0) withPeak += weight;
    return { peak, weight };
  });
  if ((withPeak / all) * outOfMemoryCost < DAY_HOURS * idleCost || withPeak === 0) return null;
  let below = 0;
  const ascending = weighted.filter(({ peak }) => peak > 0).sort((a, b) => a.peak - b.peak);
  for (const { peak, weight } of ascending) {
    below += weight;
    if (below >= LEVEL * withPeak) return peak;
  }
  return ascending.at(-1)!.peak;
}
