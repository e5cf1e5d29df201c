import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import { hourlyMeans } from './average-footprint.ts';

const HOUR = 3600;
const HOURS_PER_WEEK = 168;
/** Hours from Monday 00:00 to the epoch: 1 January 1970 was a Thursday. */
const EPOCH_OFFSET_HOURS = 72;

/**
 * Mean week of the members: 168 hourly values from Monday 00:00 UTC, NaN for hours in which no
 * member was measured. Each member is divided by its own mean, so that all members have the same
 * weight. Members without usage are left out.
 */
export function averageWeek(windows: readonly FootprintWindow[], resource: Resource): Float64Array {
  const sums = new Float64Array(HOURS_PER_WEEK);
  const counts = new Float64Array(HOURS_PER_WEEK);
  for (const window of windows) {
    const level = meanMeasured(window.values[resource]);
    if (level === null || level <= 0) continue;
    for (const [hour, mean] of hourlyMeans(window, resource)) {
      const index =
        (((hour / HOUR + EPOCH_OFFSET_HOURS) % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
      sums[index] += mean / level;
      counts[index] += 1;
    }
  }
  return sums.map((sum, hour) => sum / counts[hour]);
}
