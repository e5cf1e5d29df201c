import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { atNewLevel, atOldLevel, raised } from './move-level.ts';
import type { LevelShift, ShiftSearch } from './shift-size.ts';

/**
 * A level that is new for less than an hour may be a burst, and one that is new for fewer steps
 * than these where there were bursts before.
 */
const LEAST_SECONDS = 3600;
const LEAST_STEPS = 3;

/** How shifts are searched for in the series of a model. */
export function shiftSearch(shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>): ShiftSearch {
  const [season = 0] = seasonSteps(shape);
  const shortest = Math.max(1, Math.round(LEAST_SECONDS / shape.stepSeconds));
  return { season, least: Math.max(LEAST_STEPS, shortest), shortest };
}

/**
 * A series whose level has shifted as if it had always been at the new level, so that a model can
 * learn its season and its noise from all of it; the same series if nothing has shifted.
 * @param series with gaps (NaN), its first value measured; gaps stay.
 * @param shifts of the series with its gaps filled, see `levelShifts`.
 */
export function levelSeries(series: RegularSeries, shifts: readonly LevelShift[]): RegularSeries {
  if (shifts.length === 0) return series;
  return { ...series, values: atNewLevel(series.values, shifts) };
}

/** A history at the level that a model knows, and the way back. */
export interface LevelHistory {
  readonly history: Float64Array;
  /** Moves a forecast to the level of the end of the history; null where it is there. */
  readonly restore: ((quantile: number) => number) | null;
}

export interface KnownLevels {
  /** Shifts of the history, see `levelShifts`. */
  readonly shifts: readonly LevelShift[];
  readonly search: ShiftSearch;
  /** How many of the history's values the model was trained with. */
  readonly trainedSteps: number;
}

/**
 * The history that a model is asked with. What lies before a shift that the model has been trained
 * with is moved to the new level. What lies after a later shift is moved to the old level, which
 * the model knows, and its forecasts are moved back.
 * @param history without gaps.
 */
export function levelHistory(
  history: Float64Array,
  { shifts, search, trainedSteps }: KnownLevels,
): LevelHistory {
  if (shifts.length === 0) return { history, restore: null };
  const isKnown = ({ start }: LevelShift) => start + search.shortest <= trainedSteps;
  const later = shifts.filter((shift) => !isKnown(shift));
  const moved = atNewLevel(history, shifts.filter(isKnown));
  return {
    history: atOldLevel(moved, later),
    restore: later.length === 0 ? null : (quantile) => raised(quantile, later),
  };
}
