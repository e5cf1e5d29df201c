import type { HorizonBand } from '#models/contract/horizon-bands.ts';
import { calibrationBands, scoringBands } from '#models/contract/horizon-bands.ts';

/** A stretch of origins that are forecast by one model, fitted on the values before `start`. */
export interface Fold {
  readonly start: number;
  readonly firstOrigin: number;
  readonly endOrigin: number;
}

/** Where a series is forecast from, and which steps are looked at. */
export interface RollingPlan {
  readonly folds: readonly Fold[];
  /** Index of the first value to forecast, increasing. The value before it was measured. */
  readonly origins: Int32Array;
  /** Steps ahead that are scored and calibrated, counted from 1, increasing. */
  readonly steps: readonly number[];
  readonly calibrationBands: readonly HorizonBand[];
  readonly scoringBands: readonly HorizonBand[];
  /** Index of the calibration band and of the scoring band of each of the steps. */
  readonly calibrationBandOf: readonly number[];
  readonly scoringBandOf: readonly number[];
}

export interface PlanOptions {
  readonly context: number;
  readonly horizon: number;
  readonly folds: number;
  /** Origins at most. */
  readonly origins: number;
}

/**
 * Share of the series that the first fold is fitted on. The evaluated part should contain other
 * times than the newest: with half of a month, a machine that was idle for its last 12 days got a
 * model that knows nothing else (docs/research/constants.md).
 */
const FITTED_SHARE = 1 / 3;

/**
 * Folds of equal length over the last two thirds of the series (or what the context leaves of it),
 * origins evenly spread over them. An origin whose last value was not measured is left out: a
 * filled value just before it could have been interpolated from values after it. For the same
 * reason a fold is fitted on values up to a measured one.
 * @param values with gaps (NaN).
 */
export function rollingPlan(values: Float64Array, options: PlanOptions): RollingPlan {
  const { context, horizon } = options;
  const first = Math.max(context, Math.floor(values.length * FITTED_SHARE));
  const length = values.length - first;
  const stride = Math.max(1, Math.ceil(length / options.origins));
  const origins: number[] = [];
  const folds: Fold[] = [];
  for (let k = 0; k < options.folds; k++) {
    const [from, to] = [k, k + 1].map(
      (edge) => first + Math.floor((edge * length) / options.folds),
    );
    const firstOrigin = origins.length;
    for (let end = nextOrigin(from, first, stride); end < to; end += stride) {
      if (!Number.isNaN(values[end - 1])) origins.push(end);
    }
    if (origins.length === firstOrigin) continue;
    folds.push({ start: lastMeasured(values, from), firstOrigin, endOrigin: origins.length });
  }
  const calibration = calibrationBands(horizon);
  const scoring = scoringBands(horizon);
  const steps = calibration.flatMap(({ scored }) => scored);
  return {
    folds,
    origins: Int32Array.from(origins),
    steps,
    calibrationBands: calibration,
    scoringBands: scoring,
    calibrationBandOf: steps.map((step) => bandOf(calibration, step)),
    scoringBandOf: steps.map((step) => bandOf(scoring, step)),
  };
}

const nextOrigin = (from: number, first: number, stride: number): number =>
  first + Math.ceil((from - first) / stride) * stride;

/** The end of the values before `end` up to the last measured one. */
function lastMeasured(values: Float64Array, end: number): number {
  let last = end;
  while (last > 0 && Number.isNaN(values[last - 1])) last--;
  return last;
}

const bandOf = (bands: readonly HorizonBand[], step: number): number =>
  bands.findIndex(({ last }) => step <= last);
