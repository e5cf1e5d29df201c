import type { ComparedValues, LevelChange, LevelShift, ShiftSearch } from './level-shift.ts';
import { median } from './median.ts';

/** Without anything to measure it by, the swing grows by no more than this. */
const MOST_SWING = 10;

/** Steps whose changes tell how restless a level is. */
const LEAST_RESTLESS = 12;

/**
 * Both levels in the unit of the values, over the values since the shift. Spikes count only as far
 * as twice the change.
 */
export function shiftSize(
  compared: ComparedValues,
  { start, from, to }: LevelChange & { readonly start: number },
  { season }: ShiftSearch,
): Omit<LevelShift, 'start'> {
  const { values, course, floor, ratios } = compared;
  const size = Math.abs(to - from);
  const old = course.map((usual) => Math.max(0, (usual + floor) * Math.exp(from) - floor));
  let [before, after] = [0, 0];
  const count = values.length - start;
  for (let k = start; k < values.length; k++) {
    const ratio = Math.min(to + size, Math.max(to - size, ratios[k]));
    const isSpike = ratio !== ratios[k];
    before += old[k] / count;
    after += (isSpike ? (course[k] + floor) * Math.exp(ratio) - floor : values[k]) / count;
  }
  return { before, after, swing: swingOf({ values, old, start, season, before, after }) };
}

interface Sized extends Pick<LevelShift, 'start' | 'before' | 'after'> {
  readonly values: Float64Array;
  /** What the values would have been at the old level. */
  readonly old: Float64Array;
  readonly season: number;
}

/**
 * Of a series with a season that has been seen at the new level, how far it swings there; with a
 * season, the ratio of the levels; else how restless the new level is beside the old one. Between 1
 * and the ratio of the levels.
 */
function swingOf({ values, old, start, season, before, after }: Sized): number {
  const ratio = before > 0 ? Math.min(MOST_SWING, after / before) : 1;
  const bounded = (swing: number): number =>
    Math.min(Math.max(1, ratio), Math.max(Math.min(1, ratio), swing));
  const spread = varianceOf(old);
  if (spread > varianceOf(values.map((value, k) => (k < start ? value - old[k] : 0)))) {
    return values.length - start < season ? ratio : bounded(slope(old, values, start));
  }
  if (values.length - start < LEAST_RESTLESS) return ratio;
  const usual = restlessness(values.subarray(0, start));
  return usual > 0 ? bounded(restlessness(values.subarray(start)) / usual) : ratio;
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** Least squares of the values since the shift on the old course. */
function slope(old: Float64Array, values: Float64Array, start: number): number {
  const [x, y] = [old.subarray(start), values.subarray(start)];
  const [meanX, meanY] = [x, y].map((of) => of.reduce((sum, v) => sum + v, 0) / of.length);
  let [product, square] = [0, 0];
  for (let k = 0; k < x.length; k++) {
    product += (x[k] - meanX) * (y[k] - meanY);
    square += (x[k] - meanX) ** 2;
  }
  return square > 0 ? product / square : 1;
}

/** Median change from step to step. */
function restlessness(values: Float64Array): number {
  return median(values.slice(1).map((value, k) => Math.abs(value - values[k])));
}
