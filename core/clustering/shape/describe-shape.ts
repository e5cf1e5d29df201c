import { RESOURCES } from '#core/domain/footprint.ts';
import type { FootprintShape, ResourceShape } from './footprint-shape.ts';

/** A day has a peak if its busiest three hours reach this multiple of the mean. */
const PEAK_RATIO = 1.15;
/** Below this correlation with the day before, a peak of the mean day is chance. */
const DAILY_CORRELATION = 0.3;
/**
 * Limits of `weekendShare`: a weekend day uses two thirds of a weekday, or one and a half times as
 * much.
 */
const QUIET_WEEKEND = 0.4;
const BUSY_WEEKEND = 0.6;
/** Burstiness of a standard deviation equal to the mean. */
const BURSTY = 0;
/** Burstiness of a standard deviation of a quarter of the mean: (1/4 − 1) ÷ (1/4 + 1). */
const FLAT = -0.6;

/** First hour (UTC) of each part of the day. The night lasts until the morning. */
const PARTS_OF_DAY = [
  [5, 'morning'],
  [11, 'midday'],
  [14, 'afternoon'],
  [17, 'evening'],
  [22, 'night'],
] as const;

/**
 * Describes a shape: "daily, evening peak", "weekdays, morning peak", "bursty", "flat" or
 * "irregular". Parts of the day are UTC. The description is that of CPU. If CPU has no shape, it is
 * that of the first resource with one and begins with its name: "memory: flat".
 * @returns "unknown shape" if no resource has a shape.
 */
export function describeShape(shape: FootprintShape): string {
  const resource = RESOURCES.find((candidate) => shape[candidate] !== undefined);
  const described = resource && shape[resource];
  if (described === undefined) return 'unknown shape';
  const words = shapeWords(described).join(', ');
  return resource === 'cpu' ? words : `${resource}: ${words}`;
}

function shapeWords(shape: ResourceShape): readonly string[] {
  const peak = peakOfDay(shape);
  const week = weekWord(shape.weekendShare);
  if (peak !== null) return [week ?? 'daily', `${peak} peak`];
  const variation = variationWord(shape.burstiness);
  return week === null ? [variation] : [week, variation];
}

function weekWord(weekendShare: number): string | null {
  if (weekendShare < QUIET_WEEKEND) return 'weekdays';
  return weekendShare > BUSY_WEEKEND ? 'weekends' : null;
}

function variationWord(burstiness: number): string {
  if (burstiness > BURSTY) return 'bursty';
  return burstiness < FLAT ? 'flat' : 'irregular';
}

/** Part of the day with the busiest three hours; null if the day has no peak. */
function peakOfDay({ rootDay, dailyCorrelation }: ResourceShape): string | null {
  if (dailyCorrelation < DAILY_CORRELATION) return null;
  let [busiest, most] = [-1, PEAK_RATIO];
  for (const middle of rootDay.keys()) {
    const mean = meanAround(rootDay, middle);
    if (mean >= most) [busiest, most] = [middle, mean];
  }
  return busiest < 0 ? null : partOfDay(busiest);
}

/** Mean of an hour and its two neighbours ÷ mean usage; NaN if one of them was never measured. */
function meanAround(rootDay: Float64Array, middle: number): number {
  const hours = rootDay.length;
  const around = [middle + hours - 1, middle, middle + 1];
  return around.reduce((sum, hour) => sum + rootDay[hour % hours] ** 2, 0) / around.length;
}

function partOfDay(hour: number): string {
  return PARTS_OF_DAY.findLast(([from]) => hour >= from)?.[1] ?? 'night';
}
