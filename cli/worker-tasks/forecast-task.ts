import { trainUsable } from '#core/training/train-in-process.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { trainModel } from '#models/selection/train-model.ts';

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

/** The model's name where a history is too short to train: the quantiles of all that was measured. */
const FALLBACK_MODEL = 'empirical-quantiles';

/**
 * Trains one model and forecasts from every origin. Sees nothing at or after an origin. Models are of amounts, which are
 * never negative; a series that is, is lifted above zero before and lowered after.
 */
export async function forecastTask(job: ForecastJob): Promise<SeriesForecast> {
  const lift = liftOf(job.series.values.subarray(0, job.origins[0]));
  if (lift === 0) return forecastSeries(job);
  const { quantiles, ...rest } = await forecastSeries(lifted(job, lift));
  return { ...rest, quantiles: quantiles.map((row) => row.map((value) => value - lift)) };
}

/** What the model of a job is trained on, for candidates that are rolled over it beforehand. */
export function trainingOf(job: ForecastJob): {
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
} {
  const lift = liftOf(job.series.values.subarray(0, job.origins[0]));
  return pastOf(lift === 0 ? job : lifted(job, lift));
}

function lifted(job: ForecastJob, lift: number): ForecastJob {
  return { ...job, series: { ...job.series, values: job.series.values.map((v) => v + lift) } };
}

function pastOf({ series, origins, horizon, context, trainedLevels, seasons }: ForecastJob) {
  const { stepSeconds } = series;
  return {
    series: { ...series, values: series.values.subarray(0, origins[0]) },
    shape: { stepSeconds, context, horizon, levels: trainedLevels, seasons },
  };
}

/** Puts as much room below the smallest known value as the known values span: forecasts may go below all of them. */
function liftOf(values: Float64Array): number {
  const least = values.reduce((low, value) => (value < low ? value : low), Infinity);
  const most = values.reduce((high, value) => (value > high ? value : high), -Infinity);
  return least < 0 ? most - 2 * least : 0;
}

async function forecastSeries(job: ForecastJob): Promise<SeriesForecast> {
  const { origins, groups, external: files = [] } = job;
  const past = pastOf(job);
  const trained = await trainUsable(files, (external) =>
    trainModel(past.series, past.shape, { resource: 'y', unit: '', origins: groups, external }),
  );
  if (trained.kind === 'too-little-data') {
    const quantiles = origins.map((origin) => fallback(job, origin));
    return { model: FALLBACK_MODEL, quantiles, reason: trained.reason };
  }
  const { model } = trained;
  const { shape, name } = model;
  if (!files.some((file) => name.includes(file.name))) {
    const quantiles = origins.map((origin) => forecastFrom(model, job, origin));
    return { model: name, quantiles: await Promise.all(quantiles), reason: null };
  }
  // A graph of others runs in ONNX Runtime alone.
  const forecaster = await loadForecaster(trained.onnx);
  const forecast = async (history: Float64Array, originSeconds: number) =>
    new Float64Array(await forecaster.forecast(new Float32Array(history), [originSeconds]));
  const quantiles: Float64Array[] = [];
  for (const origin of origins) {
    quantiles.push(await forecastFrom({ shape, forecast }, job, origin));
  }
  await forecaster.release();
  return { model: name, quantiles, reason: null };
}

interface SomeModel {
  readonly shape: ForecastShape;
  forecast(history: Float64Array, originSeconds: number): Float64Array | Promise<Float64Array>;
}

async function forecastFrom(
  { shape, forecast }: SomeModel,
  { series, levels }: ForecastJob,
  origin: number,
): Promise<Float64Array> {
  const [season = 0] = seasonSteps(shape);
  const history = fillGaps(series.values.subarray(origin - shape.context, origin), season);
  const originSeconds = series.startSeconds + origin * series.stepSeconds;
  const all = await forecast(history, originSeconds);
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
