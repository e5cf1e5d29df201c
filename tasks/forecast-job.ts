import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { maskOutage } from '#models/series/mask-outage.ts';
import type { RegularSeries } from '#models/series/series.ts';

/**
 * Forecasts of one series at some origins with one training, on what lies before the first of them.
 */
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
  /** Files that compete, rolled over what `trainingOf` gives; none where absent. */
  readonly external?: readonly ExternalCandidate[];
}

export interface SeriesForecast {
  readonly model: string;
  /** Per origin row-major [horizon × levels]; NaN where nothing was ever measured. */
  readonly quantiles: readonly Float64Array[];
  /** Why there is no trained model, null where there is one. */
  readonly reason: string | null;
}

export interface ForecastTraining {
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
}

/** What the model of a job is trained on, for candidates that are rolled over it beforehand. */
export function trainingOf(job: ForecastJob): ForecastTraining {
  const given = withoutOutage(scaled(job, scaleOf(job)));
  const lift = liftOf(given);
  return pastOf(lift === 0 ? given : lifted(given, lift));
}

/** The job with gaps where its past has an outage; what comes after the past stays as it is. */
export function withoutOutage(job: ForecastJob): ForecastJob {
  const { series, origins, seasons } = job;
  const past = series.values.subarray(0, origins[0]);
  const known = maskOutage(past, seasons);
  if (known === past) return job;
  const values = series.values.slice();
  values.set(known);
  return { ...job, series: { ...series, values } };
}

/** The job with every value of its series raised by `lift`. */
export function lifted(job: ForecastJob, lift: number): ForecastJob {
  return withValues(job, (value) => value + lift);
}

/** The job with every value of its series multiplied by `factor`. */
export function scaled(job: ForecastJob, factor: number): ForecastJob {
  if (factor === 1) return job;
  return withValues(job, (value) => value * factor);
}

function withValues(job: ForecastJob, change: (value: number) => number): ForecastJob {
  return { ...job, series: { ...job.series, values: job.series.values.map(change) } };
}

/** Models take squares, and sums of them, which have to stay finite. */
const LARGEST_VALUE = 2 ** 400;

/**
 * By what the values of a job have to be multiplied before models learn from them: a power of two,
 * which rounds none of them; 1 for values that are not huge.
 */
export function scaleOf({ series }: ForecastJob): number {
  const most = series.values.reduce((high, value) => Math.max(high, Math.abs(value) || 0), 0);
  return most <= LARGEST_VALUE ? 1 : 2 ** -Math.ceil(Math.log2(most / LARGEST_VALUE));
}

/** What lies before the first origin, and the shape of the model that learns from it. */
export function pastOf(job: ForecastJob): ForecastTraining {
  const { series, origins, horizon, context, trainedLevels, seasons } = job;
  const { stepSeconds } = series;
  return {
    series: { ...series, values: series.values.subarray(0, origins[0]) },
    shape: { stepSeconds, context, horizon, levels: trainedLevels, seasons },
  };
}

/**
 * How far the past of a job has to be raised: models are of amounts, which are never negative. Puts
 * as much room below the smallest known value as the known values span, because forecasts may go
 * below all of them; 0 for a series without negative values.
 */
export function liftOf({ series, origins }: ForecastJob): number {
  const values = series.values.subarray(0, origins[0]);
  const least = values.reduce((low, value) => (value < low ? value : low), Infinity);
  const most = values.reduce((high, value) => (value > high ? value : high), -Infinity);
  return least < 0 ? most - 2 * least : 0;
}
