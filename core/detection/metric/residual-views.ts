import type { ExpectedInterval } from '#core/domain/allocation.ts';
import { VIEWS } from '#core/domain/detection-cause.ts';
import type { DetectorMemory } from './detector-memory.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { SMALLEST_UNIT } from './tail-sketch.ts';

const DAY = 24 * 3600;
const HOURS = 24;
/** Larger ratios of residual to scale are cut off. */
const LARGEST_RATIO = 1e9;
/**
 * The scale of an hour has the same weight as the overall scale after this many rows of the hour.
 * It remembers a week.
 */
const HOUR_SHRINK_ROWS = 20;
const HOUR_SCALE_DAYS = 7;
/** Limits the contribution of one residual to the recent volatility, in scales. */
const LARGEST_VOLATILE = 10;
/**
 * Smallest half width of an interval, as a share of the expected value. It keeps an overconfident
 * forecast from making every value strange.
 */
const SMALLEST_RELATIVE_WIDTH = 0.05;
const LEAST_MOVEMENT = 1e-3;
/**
 * Rounding repeats values now and then: the probability of a run of equal values falls by the
 * factor e in at least this many rows.
 */
const STILL_ROWS = 2;
/**
 * Ratios to the base are smoothed over half an hour. A value below this share of the usual level
 * counts as nothing.
 */
const COLLAPSE_ROWS = 6;
const NOTHING_SHARE = 0.01;

export interface ResidualRow {
  readonly atSeconds: number;
  readonly value: number;
  /** One-step forecast, and the slow level with season. */
  readonly expected: number;
  readonly base: number;
  readonly rowsPerDay: number;
  /** Largest absolute value so far. */
  readonly largest: number;
  /** Forecast of the application's trained model for this row; null without a model. */
  readonly model: ExpectedInterval | null;
}

export interface ResidualViews {
  /**
   * Computes the views of a row, in the order of VIEWS, and learns its scale. The array is reused
   * by the next call.
   */
  look(row: ResidualRow): Float64Array;
  /** Mean absolute residual of the one-step forecast and of the base, in the metric's unit. */
  scale(): number;
  baseScale(): number;
  /** Mean absolute value, in the metric's unit. */
  level(): number;
}

const [ROWS, SCALE, BASE_SCALE, CHANGE_SCALE, SHORT, LONG, VOLATILITY, MOVEMENT, LAST] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const [RUN, RATIO, LEVEL] = [9, 10, 11];

/**
 * Computes eleven views of a row: the one-step residual; the residual in the scale of the hour; the
 * residual smoothed over 20 and over 120 rows; its recent volatility; the inverse of the recent
 * movement ("quiet"); the number of repetitions of one value ("still"); the ratio below the base
 * ("collapse"); the residual of the base; the change since the last row; and the distance from the
 * trained model's forecast.
 * Collapse is a ratio because deviations towards zero are small in scales. Values near nothing
 * repeat by nature, so they count as collapse and not as still.
 */
export function createResidualViews(memory: DetectorMemory): ResidualViews {
  const state = memory.doubles(12);
  const hourScales = memory.floats(HOURS);
  const hourRows = memory.floats(HOURS);
  const views = memory.doubles(VIEWS.length);
  const smooth = (slot: number, value: number, rows: number): number => {
    state[slot] += (value - state[slot]) / Math.min(state[ROWS] + 1, rows);
    return state[slot];
  };

  return {
    scale: () => state[SCALE],
    baseScale: () => state[BASE_SCALE],
    level: () => state[LEVEL],
    look({ atSeconds, value, expected, base, rowsPerDay, largest, model }) {
      const floor = Math.max(P.smallestRelativeScale * largest, Number.MIN_VALUE);
      const residual = Math.abs(value - expected);
      const change = state[ROWS] === 0 ? 0 : Math.abs(value - state[LAST]);
      const hour = Math.floor(((((atSeconds % DAY) + DAY) % DAY) * HOURS) / DAY);
      const unit = Math.max(state[SCALE], floor);
      const rowsBefore = hourRows[hour];
      const hourScale =
        (hourScales[hour] * rowsBefore + unit * HOUR_SHRINK_ROWS) / (rowsBefore + HOUR_SHRINK_ROWS);

      const point = ratio(residual, unit, floor);
      const signed = Math.sign(value - expected) * Math.min(P.clip, point);
      const moved = ratio(change, state[CHANGE_SCALE], floor);
      views[0] = point;
      views[1] = ratio(residual, hourScale, floor);
      views[2] = Math.abs(smooth(SHORT, signed, P.shortRows));
      views[3] = Math.abs(smooth(LONG, signed, P.longRows));
      views[4] = smooth(VOLATILITY, Math.min(LARGEST_VOLATILE, point), P.volatilityRows);
      const movement = smooth(MOVEMENT, Math.min(LARGEST_VOLATILE, moved), P.movementRows);
      views[5] = 1 / Math.max(LEAST_MOVEMENT, movement);
      const nothing = Math.max(NOTHING_SHARE * state[LEVEL], floor);
      const repeats = value === state[LAST] && Math.abs(value) > nothing;
      state[RUN] = repeats ? state[RUN] + 1 : 0;
      views[6] = (state[RUN] * SMALLEST_UNIT) / STILL_ROWS;
      const ofBase = (Math.max(0, value) + nothing) / (Math.max(0, base) + nothing);
      views[7] = Math.max(0, -smooth(RATIO, Math.log(ofBase), COLLAPSE_ROWS));
      views[8] = ratio(Math.abs(value - base), state[BASE_SCALE], floor);
      views[9] = moved;
      views[10] = model === null ? NaN : modelDistance(value, model, floor);

      const scaleRows = Math.max(P.scaleLeastRows, P.scaleDays * rowsPerDay);
      smooth(SCALE, residual, scaleRows);
      smooth(BASE_SCALE, Math.abs(value - base), scaleRows);
      smooth(CHANGE_SCALE, change, scaleRows);
      smooth(LEVEL, Math.abs(value), scaleRows);
      hourRows[hour] = Math.max(
        1,
        Math.min(rowsBefore + 1, (HOUR_SCALE_DAYS * rowsPerDay) / HOURS),
      );
      hourScales[hour] += (residual - hourScales[hour]) / hourRows[hour];
      state[LAST] = value;
      state[ROWS]++;
      return views;
    },
  };
}

/** A size in units of a scale; the scale is at least `floor`. */
function ratio(size: number, scale: number, floor: number): number {
  return Math.min(LARGEST_RATIO, size / Math.max(scale, floor));
}

/** Distance from the median, in half widths of the model's calibrated interval. */
function modelDistance(
  value: number,
  { lower, median, upper }: ExpectedInterval,
  floor: number,
): number {
  const half = Math.max((upper - lower) / 2, SMALLEST_RELATIVE_WIDTH * Math.abs(median), floor);
  return Math.min(LARGEST_RATIO, Math.abs(value - median) / half);
}
