import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';

/** Features of a linear model. Lengths are in steps, none longer than the context. */
export interface FeaturePlan {
  readonly context: number;
  /** Single values, as numbers of steps before the last one. */
  readonly lags: readonly number[];
  readonly means: readonly number[];
  readonly maxima: readonly number[];
  readonly minima: readonly number[];
  /** Windows of the mean absolute deviation from the window's mean. */
  readonly deviations: readonly number[];
  /** Number of features at the origin. They are the same for every step ahead. */
  readonly originCount: number;
  /**
   * Season whose values at the time of the target are features, and the number of its cycles; 0 for
   * none.
   */
  readonly season: number;
  readonly cycles: number;
  /** A longer season whose last cycle is a feature; 0 for none. */
  readonly longSeason: number;
  /** Number of features that depend on the step ahead. */
  readonly seasonCount: number;
}

/** Half an hour, an hour and four hours of five-minute steps. The seasons are added. */
const WINDOWS = [6, 12, 48];
const LAGS = [0, 1, 2];

/** Number of cycles of the season that are averaged: a week of days. */
const CYCLES = 7;

/** Window whose mean is the anchor of a forecast, by the last step ahead that uses it. */
const ANCHORS: readonly (readonly [lastStep: number, window: number])[] = [
  [2, 1],
  [6, 6],
  [16, 12],
  [72, 48],
];

/**
 * Index, among the features at the origin, of the anchor: the level that a forecast `step` steps
 * ahead starts from. It is the last value, or the mean of a window about as long as the distance,
 * at most a season.
 */
export function anchorOf({ lags, means }: FeaturePlan, step: number): number {
  const targetWindow = ANCHORS.find(([lastStep]) => step <= lastStep)?.[1] ?? Infinity;
  if (targetWindow === 1 || means.length === 0) return 0;
  // At most the shortest season: the mean of a week is not a level to start from.
  const usable = means.filter((window) => window <= LONGEST_ANCHOR);
  const at = usable.findIndex((window) => window >= targetWindow);
  return lags.length + (at === -1 ? usable.length - 1 : at);
}

const LONGEST_ANCHOR = 288;

export function featurePlan(shape: ForecastShape): FeaturePlan {
  const { context } = shape;
  const seasons = seasonSteps(shape).filter((length) => length <= context);
  const fitting = (windows: readonly number[]): number[] =>
    [...new Set(windows)].filter((window) => window <= context).toSorted((a, b) => a - b);
  const [season = 0, longSeason = 0] = seasons;
  const lags = LAGS.filter((lag) => lag < context);
  const means = fitting([...WINDOWS, ...seasons]);
  const maxima = fitting([12, 48, ...seasons.slice(0, 1)]);
  const minima = fitting([12, 48]);
  const deviations = fitting([12]);
  const cycles = season === 0 ? 0 : Math.min(CYCLES, Math.floor(context / season));
  const windows = means.length + maxima.length + minima.length + deviations.length;
  return {
    context,
    lags,
    means,
    maxima,
    minima,
    deviations,
    originCount: lags.length + windows,
    season,
    cycles,
    longSeason,
    seasonCount: (season > 0 ? 3 : 0) + (longSeason > 0 ? 1 : 0),
  };
}
