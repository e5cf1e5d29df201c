import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';

const HOUR = 3600;
const HOURS_PER_DAY = 24;

/**
 * Usage of every whole hour before a window's end, each ÷ the mean of its day, so that no change of
 * level counts. A day is 24 hours, counted back from the end. Row-major [resources × hours]; NaN
 * for what was not measured, and for a day on which nothing was used.
 */
export function hoursOfDays(
  { stepSeconds, values }: FootprintWindow,
  resources: readonly Resource[],
): Float64Array {
  const steps = HOUR / stepSeconds;
  const hours = Math.floor(values.cpu.length / steps);
  const result = new Float64Array(resources.length * hours);
  resources.forEach((resource, row) => {
    const series = values[resource];
    const means = result.subarray(row * hours, (row + 1) * hours);
    const first = series.length - hours * steps;
    for (let hour = 0; hour < hours; hour++) {
      const from = Math.round(first + hour * steps);
      means[hour] = meanBetween(series, from, Math.round(first + (hour + 1) * steps));
    }
    for (let end = hours; end > 0; end -= HOURS_PER_DAY) {
      const from = Math.max(0, end - HOURS_PER_DAY);
      const level = meanBetween(means, from, end);
      for (let hour = from; hour < end; hour++) {
        means[hour] = level > 0 ? means[hour] / level : NaN;
      }
    }
  });
  return result;
}

/** Of what was measured of the values from … to − 1; NaN where nothing was. */
function meanBetween(values: Float64Array, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let k = from; k < to; k++) {
    if (Number.isNaN(values[k])) continue;
    sum += values[k];
    count++;
  }
  return sum / count;
}
