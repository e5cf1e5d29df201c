import { median } from '#models/numeric/median.ts';

/** A level that has changed and has not come back. */
export interface LevelShift {
  /** Index of the first value at the new level. */
  readonly start: number;
  /** Mean of what the values since would have been at the old level. */
  readonly before: number;
  /** Mean of the values since. */
  readonly after: number;
  /**
   * How far the new level swings for every unit that the old one did; their ratio in most cases.
   */
  readonly swing: number;
}

export interface ShiftSearch {
  /** Steps of the shortest season; at most 1 without one. */
  readonly season: number;
  /** Steps that a new level has to last at least, so that a burst is not taken for one. */
  readonly least: number;
  /**
   * Steps after which a level counts as new where not even a burst of so few steps ever came near
   * it; at most `least`.
   */
  readonly shortest: number;
}

/** Steps by which a shift is told from what is usual. */
export type ShiftWidth = Pick<ShiftSearch, 'season' | 'least'>;

/** Levels before and after a shift, as logarithms of ratios to the usual course. */
export interface LevelChange {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** Without anything to measure it by, the swing grows by no more than this. */
const MOST_SWING = 10;

/** Steps whose changes tell how restless a level is. */
const LEAST_RESTLESS = 12;

/**
 * Both levels in the unit of the values, over the values since the shift. Spikes count only as far
 * as twice the change.
 * @param course what is usual at every value's time of the season.
 */
export function shiftSize(
  { values, course }: { readonly values: Float64Array; readonly course: Float64Array },
  { start, from, to }: LevelChange,
  { season, least }: ShiftWidth,
): LevelShift {
  const size = Math.abs(to - from);
  const end = values.length;
  const first = Math.max(0, start - Math.max(season, 2 * least));
  const within = (low: number, high: number, level: number): number => {
    const most = Math.exp(level + size);
    let sum = 0;
    for (let k = low; k < high; k++) {
      // What is usual at zero has no spikes; what is below has no floor.
      sum += course[k] > 0 ? Math.min(course[k] * most, values[k]) : values[k];
    }
    return sum / (high - low);
  };
  const usual = meanOf(course.subarray(first, start));
  const share = usual > 0 ? within(first, start, from) / usual : 1;
  const old = new Float64Array(end);
  for (let k = 0; k < end; k++) old[k] = share * course[k];
  const before = meanOf(old.subarray(start));
  const after = within(start, end, to);
  return { start, before, after, swing: swingOf({ values, old, start, season, before, after }) };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
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
  const noise = new Float64Array(values.length);
  for (let k = 0; k < start; k++) noise[k] = values[k] - old[k];
  if (varianceOf(old) > varianceOf(noise)) {
    return values.length - start < season ? ratio : bounded(slope(old, values, start));
  }
  if (values.length - start < LEAST_RESTLESS) return ratio;
  const usual = restlessness(values.subarray(0, start));
  return usual > 0 ? bounded(restlessness(values.subarray(start)) / usual) : ratio;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k] - mean) ** 2;
  return sum / values.length;
}

/** Least squares of the values since the shift on the old course. */
function slope(old: Float64Array, values: Float64Array, start: number): number {
  const [x, y] = [old.subarray(start), values.subarray(start)];
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  let product = 0;
  let square = 0;
  for (let k = 0; k < x.length; k++) {
    product += (x[k] - meanX) * (y[k] - meanY);
    square += (x[k] - meanX) ** 2;
  }
  return square > 0 ? product / square : 1;
}

/** Median change from step to step. */
function restlessness(values: Float64Array): number {
  const changes = values.slice(1);
  for (let k = 0; k < changes.length; k++) changes[k] = Math.abs(changes[k] - values[k]);
  return median(changes);
}
