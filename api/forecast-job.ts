import type { ForecastJob } from '#tasks/forecast-job.ts';
import { planForecasts } from '#tasks/plan-forecasts.ts';
import { requireWhole } from './bounds.ts';
import { regularSeries } from './regular-series.ts';
import type { ForecastOptions, Series } from './types/series.ts';

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * The job of the command line's `forecast` for one series: what follows its last value.
 * @throws RangeError for options out of bounds, or a series without any value.
 */
export function forecastJob(series: Series, options: ForecastOptions): ForecastJob {
  const { horizon, levels = DECILES, seasons } = options;
  requireWhole('horizon', horizon, { least: 1 });
  for (const season of seasons ?? []) requireWhole('a season', season, { least: 2 });
  const isLevels = levels.every((level, k) => level > (levels[k - 1] ?? 0) && level < 1);
  if (levels.length === 0 || !isLevels) {
    throw new RangeError(`levels ${levels.join(', ')} are not increasing between 0 and 1`);
  }
  const regular = regularSeries(series);
  if (regular.values.every(Number.isNaN)) throw new RangeError('the series has no value');
  const named = [{ id: 'series', series: regular, dsAt: String }];
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
