import type { AllocationSettings } from '#core/domain/settings/settings.ts';

/** After so many days a day's peak counts half. */
const HALF_LIFE_DAYS = 3;
/** Fewer days show no habit. */
const LEAST_DAYS = 2;
const DAY_HOURS = 24;

/** Days that are looked back at. */
export const MEMORY_PEAK_DAYS = 14;

/** What a floor of memory is weighed by. */
export interface MemoryFloorTerms extends Pick<AllocationSettings, 'outOfMemoryCost' | 'idleCost'> {
  /** Bytes of one instance. */
  readonly instance: number;
  /** Bytes that are held without a floor. */
  readonly held: number;
}

/**
 * Memory that is held all day for brief peaks. An instance that lacks memory is not slow but
 * killed, so it is one kill a day that costs, however short the peak. Of the daily peaks the one is
 * held that saves most: the expected kills of a day that it prevents, less the instances that idle
 * all day for it. Days fade, as in the recommender of the Vertical Pod Autoscaler.
 * @param peaks the largest brief peak of each day, newest first, 0 without one; see `briefPeaks`.
 * @returns bytes; null if nothing is to be held.
 */
export function memoryFloor(
  peaks: readonly number[],
  { outOfMemoryCost, idleCost, instance, held }: MemoryFloorTerms,
): number | null {
  if (peaks.length < LEAST_DAYS) return null;
  const weights = peaks.map((_, day) => 0.5 ** (day / HALF_LIFE_DAYS));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const instancesOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / instance));
  const heldInstances = instancesOf(held);
  let [floor, most] = [null as number | null, 0];
  for (const level of peaks) {
    if (level <= held) continue;
    const prevented = peaks.reduce(
      (sum, peak, day) => sum + (peak > held && peak <= level ? weights[day] : 0),
      0,
    );
    const idle = DAY_HOURS * idleCost * (instancesOf(level) - heldInstances);
    const saved = (prevented / all) * outOfMemoryCost - idle;
    if (saved > most || (saved === most && floor !== null && level > floor)) {
      [floor, most] = [level, saved];
    }
  }
  return floor;
}
