import { median } from './median.ts';

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
    const usual = median(same.subarray(0, found));
    for (let k = phase; k < count; k += season) course[k] = usual;
  }
  return course;
}
