import type { HorizonRange } from './forecast-model.ts';

/** A stretch of the horizon that is scored and calibrated by itself. */
export interface HorizonBand extends HorizonRange {
  /** Part of the horizon, counted from 0, that it belongs to: each part gets a model of its own. */
  readonly part: number;
  /** Steps of the band (counted from 1) at which forecasts are scored and calibrated. */
  readonly scored: readonly number[];
}

/** Last steps of the bands: what an allocation, an hour, four hours and a day of five-minute steps look ahead. */
const BAND_ENDS = [3, 12, 48, 288];

/** Last steps of the parts of the horizon but the last one: an hour and four hours of five-minute steps. */
const PART_ENDS = [12, 48];

/** Steps scored in one band: neighbours far ahead tell nearly the same. */
const SCORED_PER_BAND = 4;

/** The bands of a horizon; what lies beyond the last end is a band of its own. */
export function scoringBands(horizon: number): HorizonBand[] {
  return toBands(horizon, BAND_ENDS);
}

/** Finer bands that calibration tells apart: near the origin every step differs from the next. */
const CALIBRATION_ENDS = [1, 2, 3, 6, 12, 24, 48, 144, 288];

/** The bands of a horizon that get offsets of their own. */
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

/** At most four steps, evenly spread, the last one among them. */
function spread(first: number, last: number): number[] {
  const steps = last - first + 1;
  const count = Math.min(SCORED_PER_BAND, steps);
  return Array.from({ length: count }, (_, k) => first - 1 + Math.round(((k + 1) * steps) / count));
}
