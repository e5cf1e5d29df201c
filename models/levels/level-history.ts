import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { levelShifts } from './level-shift.ts';
import { atNewLevel, atOldLevel, raised } from './move-level.ts';
import type { ShiftSearch } from './shift-size.ts';

/** A level that is new for less than an hour may be a burst. */
const LEAST_SECONDS = 3600;

function searchOf(shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>): ShiftSearch {
  const [season = 0] = seasonSteps(shape);
  return { season, least: Math.max(1, Math.round(LEAST_SECONDS / shape.stepSeconds)) };
}

/**
 * A series whose level has shifted as if it had always been at the new level, so that a model can
 * learn its season and its noise from all of it; the same series where nothing has shifted.
 * @param series with gaps (NaN), its first value measured; gaps stay.
 */
export function levelSeries(series: RegularSeries, shape: ForecastShape): RegularSeries {
  const search = searchOf(shape);
  const shifts = levelShifts(fillGaps(series.values, search.season), search);
  if (shifts.length === 0) return series;
  return { ...series, values: atNewLevel(series.values, shifts) };
}

/** A history at the level that a model knows, and the way back. */
export interface LevelHistory {
  readonly history: Float64Array;
  /** Moves a forecast to the level of the end of the history. */
  readonly restore: (quantile: number) => number;
}

/**
 * The history that a model is asked with. What lies before a shift that the model has been trained
 * with is moved to the new level. What lies after a later shift is moved to the old level, which
 * the model knows, and its forecasts are moved back.
 * @param history without gaps.
 * @param trainedSteps how many of its values the model was trained with.
 */
export function levelHistory(
  history: Float64Array,
  shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>,
  trainedSteps: number,
): LevelHistory {
  const search = searchOf(shape);
  const shifts = levelShifts(history, search);
  if (shifts.length === 0) return { history, restore: (quantile) => quantile };
  const isKnown = ({ start }: { start: number }) => start + search.least <= trainedSteps;
  const later = shifts.filter((shift) => !isKnown(shift));
  const moved = atNewLevel(history, shifts.filter(isKnown));
  return {
    history: atOldLevel(moved, later),
    restore: (quantile) => raised(quantile, later),
  };
}
