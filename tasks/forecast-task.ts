import { loadModelFile, loadModelGraph } from '#adapters/local/candidates/load-model-file.ts';
import { modelName } from '#core/text/model-name.ts';
import { fileFault } from '#core/training/file-fault.ts';
import { networkFamilies } from '#core/training/network-families.ts';
import { trainUsable, type Contenders } from '#core/training/train-usable.ts';
import { membersOf } from '#models/contract/composition.ts';
import { forecastShortHistory, type ShortForecast } from '#models/families/naive/short-history.ts';
import {
  DEFAULT_FAMILIES,
  trainModel,
  type TrainingResult,
} from '#models/selection/train-model.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import { forecastFrom } from './forecast-from.ts';
import {
  lifted,
  liftOf,
  pastOf,
  scaled,
  scaleOf,
  withoutOutage,
  type ForecastJob,
  type SeriesForecast,
} from './forecast-job.ts';

/** The same series gives the same network. */
const NETWORK_SEED = 1;

/**
 * Trains one model and forecasts from every origin. Sees nothing at or after an origin. Models are
 * of amounts, which are never negative; a series that is, is lifted above zero before and lowered
 * after. Huge values are made smaller before and larger after. An outage that is over counts as not
 * measured.
 */
export async function forecastTask(job: ForecastJob): Promise<SeriesForecast> {
  const scale = scaleOf(job);
  const given = withoutOutage(scaled(job, scale));
  const lift = liftOf(given);
  if (lift === 0) {
    // Short histories are continued by rules that know nothing of amounts.
    return changed(await forecastSeries(given), (value) => Math.max(0, value) / scale);
  }
  return changed(await forecastSeries(lifted(given, lift)), (value) => (value - lift) / scale);
}

function changed(
  { quantiles, ...rest }: SeriesForecast,
  change: (value: number) => number,
): SeriesForecast {
  return { ...rest, quantiles: quantiles.map((row) => row.map(change)) };
}

async function forecastSeries(job: ForecastJob): Promise<SeriesForecast> {
  const { origins, groups, external: files = [] } = job;
  const past = pastOf(job);
  const networks = await networkFamilies({ ...past, ownNetwork: { seed: NETWORK_SEED } });
  const families = [...DEFAULT_FAMILIES, ...networks];
  const options = { resource: 'y', unit: '', origins: groups };
  const train = (contenders: Contenders): TrainingResult =>
    trainModel(past.series, past.shape, { ...options, ...contenders });
  const contenders = { families, external: files };
  const trained =
    files.length === 0
      ? // Forecasts without files of others are made in TypeScript; nothing is loaded or stored.
        train(contenders)
      : await trainUsable(
          contenders,
          (onnx) => fileFault(onnx, past.series, loadModelGraph),
          train,
        );
  if (trained.kind === 'too-little-data') {
    const short = origins.map((origin) => shortForecast(job, origin));
    const quantiles = short.map((forecast) => forecast.quantiles);
    return { model: short.at(-1)!.rule, quantiles, reason: trained.reason };
  }
  const { model, composition } = trained;
  const { shape } = model;
  const name = modelName(composition);
  const members = membersOf(composition);
  if (!files.some((file) => members.includes(file.name))) {
    const quantiles = origins.map((origin) => forecastFrom(model, job, origin));
    return { model: name, quantiles: await Promise.all(quantiles), reason: null };
  }
  // A graph of others runs in ONNX Runtime alone, in a process of its own.
  const forecaster = await loadModelFile(trained.onnx);
  const forecast = async (history: Float64Array, originSeconds: number) =>
    new Float64Array(await forecaster.forecast(new Float32Array(history), [originSeconds]));
  const quantiles: Float64Array[] = [];
  try {
    for (const origin of origins) {
      quantiles.push(await forecastFrom({ shape, forecast }, job, origin));
    }
  } finally {
    await forecaster.release();
  }
  return { model: name, quantiles, reason: null };
}

/** Forecast of a history that is too short to train; NaN if nothing was measured. */
function shortForecast({ series, horizon, levels }: ForecastJob, origin: number): ShortForecast {
  const past = series.values.subarray(0, origin);
  const first = past.findIndex((value) => !Number.isNaN(value));
  if (first === -1) {
    return {
      rule: 'last value',
      quantiles: new Float64Array(horizon * levels.length).fill(NaN),
    };
  }
  return forecastShortHistory(fillGaps(past.subarray(first), 0), horizon, levels);
}
