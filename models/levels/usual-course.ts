import { median } from '#models/numeric/median.ts';

/** Seasons that a course needs: with two, every value is half of its own usual. */
const LEAST_SEASONS = 3;

/**
 * What was usual at every value's time of the season: the median over all seasons, without a season
 * the median of all values. One value per value.
 * @param season steps; at most 1 for none.
 * @returns null if the values hold the season fewer than three times.
 */
export function usualCourse(values: Float64Array, season: number): Float64Array | null {
  const count = values.length;
  if (season <= 1) return new Float64Array(count).fill(median(values.slice()));
  if (count < LEAST_SEASONS * season) return null;
  const course = new Float64Array(count);
  const most = Math.ceil(count / season);
  const same = new Float64Array(most);
  for (let phase = 0; phase < season; phase++) {
    let found = 0;
    for (let k = phase; k < count; k += season) same[found++] = values[k];
    const usual = median(found === most ? same : same.subarray(0, found));
    for (let k = phase; k < count; k += season) course[k] = usual;
  }
  return course;
}

/** Share of the usual level that is as good as nothing: so zeros can be compared. */
const FLOOR_SHARE = 0.1;

/**
 * Logarithm of the ratio of every value to what is usual at its time of the season.
 * @param season steps; at most 1 without one.
 * @returns null where the season is not seen often enough, or nothing was ever used.
 */
export function usualRatios(values: Float64Array, season: number): Float64Array | null {
  const course = usualCourse(values, season);
  const floor = course && usualFloor(values, course);
  if (course === null || floor === null) return null;
  const period = Math.max(1, season);
  const ratios = new Float64Array(values.length);
  for (let phase = 0; phase < Math.min(period, ratios.length); phase++) {
    const known = Math.log(course[phase] + floor);
    for (let k = phase; k < ratios.length; k += period) {
      ratios[k] = Math.log(Math.max(0, values[k]) + floor) - known;
    }
  }
  return ratios;
}

function usualFloor(values: Float64Array, course: Float64Array): number | null {
  const floor = FLOOR_SHARE * (meanOf(course) || meanOf(values));
  return floor > 0 ? floor : null;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
