import { empiricalQuantile } from '#models/empirical-quantile.ts';
import { fillGaps } from '#models/fill-gaps.ts';
import type { ForecastModel } from '#models/forecast-model.ts';
import { seasonSteps } from '#models/season-steps.ts';
import type { RegularSeries } from '#models/series.ts';
import { trainModel } from '#models/train-model.ts';

/** Forecasts of one series at some origins with one training, on what lies before the first of them. */
export interface ForecastJob {
  readonly series: RegularSeries;
  /** Indices of the first value to forecast, increasing, at least 1. */
  readonly origins: readonly number[];
  readonly horizon: number;
  readonly context: number;
  /** Levels of the output, increasing. */
  readonly levels: readonly number[];
  /** Levels the model is trained with, among them those of the output. */
  readonly trainedLevels: readonly number[];
  readonly seasons: readonly number[];
  /** Groups of origins the cross-validation takes its standard error over. */
  readonly groups: number;
}

export interface SeriesForecast {
  readonly model: string;
  /** Per origin row-major [horizon × levels]; NaN where nothing was ever measured. */
  readonly quantiles: readonly Float64Array[];
  /** Why there is no trained model, null where there is one. */
  readonly reason: string | null;
}

/** The model's name where a history is too short to train: the quantiles of all that was measured. */
const FALLBACK_MODEL = 'empirical-quantiles';

/**
 * Trains one model and forecasts from every origin. Sees nothing at or after an origin. Models are of amounts, which are
 * never negative; a series that is, is lifted above zero before and lowered after.
 */
export function forecastTask(job: ForecastJob): SeriesForecast {
  const lift = liftOf(job.series.values.subarray(0, job.origins[0]));
  if (lift === 0) return forecastSeries(job);
  const values = job.series.values.map((value) => value + lift);
  const { quantiles, ...rest } = forecastSeries({ ...job, series: { ...job.series, values } });
  return { ...rest, quantiles: quantiles.map((row) => row.map((value) => value - lift)) };
}

/** Puts as much room below the smallest known value as the known values span: forecasts may go below all of them. */
function liftOf(values: Float64Array): number {
  const least = values.reduce((low, value) => (value < low ? value : low), Infinity);
  const most = values.reduce((high, value) => (value > high ? value : high), -Infinity);
  return least < 0 ? most - 2 * least : 0;
}

function forecastSeries(job: ForecastJob): SeriesForecast {
  const { series, origins, horizon, context, trainedLevels, seasons } = job;
  const { stepSeconds } = series;
  const past = { ...series, values: series.values.subarray(0, origins[0]) };
  const shape = { stepSeconds, context, horizon, levels: trainedLevels, seasons };
  const options = { resource: 'y', unit: '', origins: job.groups };
  const trained = trainModel(past, shape, options);
  if (trained.kind === 'too-little-data') {
    const quantiles = origins.map((origin) => fallback(job, origin));
    return { model: FALLBACK_MODEL, quantiles, reason: trained.reason };
  }
  const { model } = trained;
  const quantiles = origins.map((origin) => forecastFrom(model, job, origin));
  return { model: model.name, quantiles, reason: null };
}

function forecastFrom(
  model: ForecastModel,
  { series, levels }: ForecastJob,
  origin: number,
): Float64Array {
  const { shape } = model;
  const [season = 0] = seasonSteps(shape);
  const history = fillGaps(series.values.subarray(origin - shape.context, origin), season);
  const originSeconds = series.startSeconds + origin * series.stepSeconds;
  const all = model.forecast(history, originSeconds);
  const columns = levels.map((level) => shape.levels.indexOf(level));
  return Float64Array.from({ length: shape.horizon * columns.length }, (_, k) => {
    const step = Math.floor(k / columns.length);
    return all[step * shape.levels.length + columns[k % columns.length]!]!;
  });
}

function fallback({ series, horizon, levels }: ForecastJob, origin: number): Float64Array {
  const measured = series.values
    .slice(0, origin)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const row = levels.map((level) =>
    measured.length === 0 ? NaN : empiricalQuantile(measured, level),
  );
  return Float64Array.from({ length: horizon * row.length }, (_, k) => row[k % row.length]!);
}
