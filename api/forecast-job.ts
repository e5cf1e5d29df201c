import type { RegularSeries } from '#models/series/series.ts';
import type { ForecastJob } from '#tasks/forecast-job.ts';
import { planForecasts } from '#tasks/plan-forecasts.ts';
import type { ForecastOptions, Series } from './types/series.ts';

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A caller's series as models take it. @throws RangeError for an unusable grid. */
export function regularSeries({ values, startSeconds, stepSeconds }: Series): RegularSeries {
  if (!(stepSeconds > 0) || !Number.isFinite(startSeconds)) {
    throw new RangeError(`no grid: start ${startSeconds}, step ${stepSeconds} seconds`);
  }
  return { startSeconds, stepSeconds, values: Float64Array.from(values, (value) => value ?? NaN) };
}

/**
 * The job of the command line's `forecast` for one series: what follows its last value.
 * @throws RangeError for options out of bounds, or a series without any value.
 */
export function forecastJob(series: Series, options: ForecastOptions): ForecastJob {
  const { horizon, levels = DECILES, seasons } = options;
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new RangeError(`a horizon of ${horizon} steps is not a whole number of at least 1`);
  }
  const isLevels = levels.every((level, k) => level > (levels[k - 1] ?? 0) && level < 1);
  if (levels.length === 0 || !isLevels) {
    throw new RangeError(`levels ${levels.join(', ')} are not increasing between 0 and 1`);
  }
  const named = [{ id: 'series', series: regularSeries(series), dsAt: String }];
  const plan = { horizon, windows: 1, refit: 1, levels, seasons };
  const { forecasts, remarks } = planForecasts(named, plan);
  const [planned] = forecasts;
  if (planned === undefined) throw new RangeError(remarks[0] ?? 'the series has no value');
  return planned.job;
}

/** Row-major quantiles as one row per step. */
export function quantileRows(values: Float64Array, levels: number): readonly (readonly number[])[] {
  return Array.from({ length: values.length / levels }, (_, step) =>
    Array.from(values.subarray(step * levels, (step + 1) * levels)),
  );
}
