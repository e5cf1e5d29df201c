import { median } from './median.ts';
import { shiftSize } from './shift-size.ts';
import { splitLevels } from './split-levels.ts';
import { usualCourse } from './usual-course.ts';

/** A level that has changed and has not come back. */
export interface LevelShift {
  /** Index of the first value at the new level. */
  readonly start: number;
  /** Mean of what the values since would have been at the old level. */
  readonly before: number;
  /** Mean of the values since. */
  readonly after: number;
  /** How far the new level swings for every unit that the old one did; their ratio in most cases. */
  readonly swing: number;
}

/** Values as they are compared: the logarithm of the ratio to the usual course. */
export interface ComparedValues {
  readonly values: Float64Array;
  readonly course: Float64Array;
  /** Added to both, so that zeros can be compared. */
  readonly floor: number;
  readonly ratios: Float64Array;
}

/** Share of the usual level that is nothing. */
const FLOOR_SHARE = 0.1;

/** Values before a shift at least: fewer do not say what is usual. */
const LEAST_BEFORE = 24;

/** Splits looked at, each within the newer part of the one before it. */
const MOST_SPLITS = 12;

export interface ShiftSearch {
  /** Steps of the shortest season; at most 1 without one. */
  readonly season: number;
  /** Steps that a new level has to last at least. */
  readonly least: number;
}

/**
 * The shifts of level that still last at the end of a series, oldest first: the values since differ
 * at once from those before, by at least twice what any earlier stretch as long did in that
 * direction. A burst that came and went before is therefore no shift until it lasts much longer
 * than it did then. Changes are compared at the same time of the season.
 * @param values at least 0, without gaps.
 */
export function levelShifts(values: Float64Array, search: ShiftSearch): readonly LevelShift[] {
  const compared = compare(values, search.season);
  if (compared === null) return [];
  const { ratios } = compared;
  const shifts: LevelShift[] = [];
  let from = 0;
  for (let split = 0; split < MOST_SPLITS; split++) {
    const before = from === 0 ? LEAST_BEFORE : 1;
    const range = { from, to: ratios.length, before, after: search.least };
    const start = splitLevels(ratios, range);
    if (start === -1) break;
    const change = lastingChange(ratios, start, search);
    if (change !== null)
      {shifts.push({ start, ...shiftSize(compared, { start, ...change }, search) });}
    from = start;
  }
  return shifts;
}

function compare(values: Float64Array, season: number): ComparedValues | null {
  const course = usualCourse(values, season);
  if (course === null) return null;
  const mean = (of: Float64Array): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const floor = FLOOR_SHARE * (mean(course) || mean(values));
  if (!(floor > 0)) return null;
  const ratios = values.map((value, k) =>
    Math.log((Math.max(0, value) + floor) / (course[k] + floor)),
  );
  return { values, course, floor, ratios };
}

/** Levels before and after a split, as logarithms of ratios to the usual course. */
export interface LevelChange {
  readonly from: number;
  readonly to: number;
}

/** A change by less than a seventh is left to the models. */
const LEAST_CHANGE = Math.log(8 / 7);

/** Share of the change that happens at once, and that still holds at the end. */
const AT_ONCE = 0.6;

/** How many times as far as ever before. */
const NEW_FACTOR = 2;

/** The change at a split if it is abrupt, still lasts and is new; null otherwise. */
function lastingChange(
  ratios: Float64Array,
  start: number,
  { season, least }: ShiftSearch,
): LevelChange | null {
  const end = ratios.length;
  const middle = (first: number, last: number): number =>
    median(ratios.slice(Math.max(0, first), last));
  const near = Math.min(end - start, least);
  const from = middle(start - Math.max(2 * least, season), start);
  const to = middle(start, end);
  const size = Math.abs(to - from);
  const sign = Math.sign(to - from);
  if (size < LEAST_CHANGE) return null;
  const atOnce = sign * (middle(start, start + near) - middle(start - near, start));
  const atEnd = sign * (middle(end - near, end) - from);
  if (atOnce < AT_ONCE * size || atEnd < AT_ONCE * size) return null;
  const length = Math.min(end - start, Math.max(season, least), start);
  const hop = Math.max(1, Math.floor(length / 4));
  for (let first = start - length; first >= 0; first -= hop) {
    const earlier = sign * (middle(first, first + length) - from);
    if (NEW_FACTOR * earlier > size) return null;
  }
  return { from, to };
}
