import type { HorizonRange } from './horizon-range.ts';

/** A range of the horizon that is scored and calibrated separately. */
export interface HorizonBand extends HorizonRange {
  /**
   * Part of the horizon, counted from 0, that the band belongs to. Each part has a model of its
   * own.
   */
  readonly part: number;
  /** Steps of the band, counted from 1, at which forecasts are scored and calibrated. */
  readonly scored: readonly number[];
}

/**
 * Last steps of the bands. With five-minute steps: the warm-up horizon, an hour, four hours and a
 * day.
 */
const BAND_ENDS = [3, 12, 48, 288];

/**
 * Last steps of all parts of the horizon but the last: an hour and four hours of five-minute steps.
 */
const PART_ENDS = [12, 48];

/** Number of steps scored in one band. Neighbouring steps far ahead have nearly the same scores. */
const SCORED_PER_BAND = 4;

/** The bands of a horizon. Steps beyond the last end form a band of their own. */
export function scoringBands(horizon: number): HorizonBand[] {
  return toBands(horizon, BAND_ENDS);
}

/** Finer bands for calibration: near the origin, errors differ from step to step. */
const CALIBRATION_ENDS = [1, 2, 3, 6, 12, 24, 48, 144, 288];

/** The bands of a horizon that get their own calibration offsets. */
export function calibrationBands(horizon: number): HorizonBand[] {
  return toBands(horizon, CALIBRATION_ENDS);
}

function toBands(horizon: number, ends: readonly number[]): HorizonBand[] {
  const inside = [...ends.filter((end) => end < horizon), horizon];
  return inside.map((last, k) => {
    const first = (inside[k - 1] ?? 0) + 1;
    const part = PART_ENDS.filter((end) => last > end).length;
    return { first, last, part, scored: spread(first, last) };
  });
}

/** At most four steps, evenly spread, including the last one. */
function spread(first: number, last: number): number[] {
  const steps = last - first + 1;
  const count = Math.min(SCORED_PER_BAND, steps);
  return Array.from({ length: count }, (_, k) => first - 1 + Math.round(((k + 1) * steps) / count));
}
