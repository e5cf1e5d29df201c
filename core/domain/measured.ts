import { RESOURCES, type FootprintWindow } from './footprint.ts';

/** Number of values that were measured (not NaN). */
export function countMeasured(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count++;
  return count;
}

/** Mean of the measured values; null without any. */
export function meanMeasured(values: Float64Array): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** Measured time of the resource that was measured most. */
export function measuredSeconds({ values, stepSeconds }: FootprintWindow): number {
  return Math.max(...RESOURCES.map((resource) => countMeasured(values[resource]))) * stepSeconds;
}
