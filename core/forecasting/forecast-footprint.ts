import { stepStart } from '#core/domain/align-time.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { modelName } from '#core/text/model-name.ts';
import type { ForecastShape, QuantileForecast } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { levelHistory } from '#models/levels/level-history.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import { borrowHistory } from './borrow-history.ts';
import type { FootprintForecast, ResourceForecast } from './footprint-forecast.ts';
import { forecastOwnHours, OWN_HOURS_MODEL } from './forecast-own-hours.ts';
import { quantileAt } from './quantile-at.ts';

export interface ForecastPorts {
  readonly history: HistoryStore;
  readonly forecasters: { get(sha256: string): Promise<Pick<Forecaster, 'forecast'>> };
}

export interface ForecastRequest {
  readonly profile: ApplicationProfile;
  /** The application's cluster, if it has one. */
  readonly cluster: ClusterProfile | null;
  /**
   * The forecast starts at the step that contains this instant and reads only what is before it.
   */
  readonly nowSeconds: number;
  /**
   * Steps ahead to forecast, counted from 1, increasing; the whole horizon by default. The forecast
   * ends with the last of them. Other steps may be NaN.
   */
  readonly stepsAhead?: readonly number[] | undefined;
  /** What was measured up to the forecast's first step; read where it is absent or too short. */
  readonly measured?: FootprintWindow | undefined;
}

/**
 * Forecasts every resource with the application's own model. Without one it uses the pool learned
 * on many machines, on the application's own first hours. Without these it uses the cluster's
 * model, scaled to the application's level. docs/benchmarks/forecasting.md (Newcomers) compares the
 * pool with the cluster's model. Returns null if no resource has a forecast.
 */
export async function forecastFootprint(
  ports: ForecastPorts,
  request: ForecastRequest,
  settings: Settings,
): Promise<FootprintForecast | null> {
  const chosen = settings.resources.map((resource) => chooseModel(request, resource));
  const { stepSeconds } = settings;
  const originSeconds = stepStart(request.nowSeconds, stepSeconds);
  const context = Math.max(...chosen.map(({ own, shared }) => contextOf(own, shared, settings)));
  const range = {
    fromSeconds: originSeconds - context * stepSeconds,
    toSeconds: originSeconds,
  };
  const window =
    request.measured && request.measured.values.cpu.length >= context
      ? request.measured
      : await ports.history.read(request.profile.applicationId, range, stepSeconds);

  const byResource: Partial<Record<Resource, ResourceForecast>> = {};
  let borrows = false;
  for (const { resource, own, shared } of chosen) {
    const past = { resource, values: window.values[resource], originSeconds };
    const fromHours = own ? null : newcomerForecast(past, request, settings);
    const reference = own ?? shared;
    if (fromHours) byResource[resource] = fromHours;
    else if (reference) {
      byResource[resource] = await modelForecast(ports, { ...past, reference, own }, request);
      borrows ||= !own;
    }
  }
  if (Object.keys(byResource).length === 0) return null;
  return { source: borrows ? 'cluster-forecast' : 'forecast', byResource };
}

interface ChosenModel {
  readonly resource: Resource;
  readonly own: ModelReference | undefined;
  readonly shared: ModelReference | undefined;
}

function chooseModel({ profile, cluster }: ForecastRequest, resource: Resource): ChosenModel {
  const own = profile.predictiveModel[resource];
  return { resource, own, shared: own ? undefined : cluster?.predictiveModel[resource] };
}

function contextOf(
  own: ModelReference | undefined,
  shared: ModelReference | undefined,
  { training }: Settings,
): number {
  return own ? own.shape.context : Math.max(training.context, shared?.shape.context ?? 0);
}

/** Input of a forecast of one resource. */
interface Past {
  readonly resource: Resource;
  /** NaN for steps without a measurement. */
  readonly values: Float64Array;
  readonly originSeconds: number;
}

/** Forecast from the application's own hours; null if there are too few. */
function newcomerForecast(
  { values, originSeconds }: Past,
  { stepsAhead }: ForecastRequest,
  { training, stepSeconds }: Settings,
): ResourceForecast | null {
  const { levels } = training;
  const horizon = Math.min(training.horizon, stepsAhead?.at(-1) ?? Infinity);
  const recentValues = values.subarray(-training.context);
  const quantiles = forecastOwnHours(recentValues, { stepSeconds, horizon, levels });
  if (quantiles === null) return null;
  const forecast = { originSeconds, stepSeconds, horizon, levels, values: quantiles };
  const relativeWidth = widthOf(forecast) / (meanMeasured(recentValues) || 1);
  return { quantiles: forecast, model: OWN_HOURS_MODEL, reliability: { relativeWidth } };
}

/** Mean width of the 80 % interval, in the resource's unit. */
function widthOf(forecast: QuantileForecast): number {
  let sum = 0;
  for (let step = 0; step < forecast.horizon; step++) {
    sum += quantileAt(forecast, step, 0.9) - quantileAt(forecast, step, 0.1);
  }
  return sum / forecast.horizon;
}

async function modelForecast(
  ports: ForecastPorts,
  past: Past & Pick<ChosenModel, 'own'> & { readonly reference: ModelReference },
  request: ForecastRequest,
): Promise<ResourceForecast> {
  const { resource, originSeconds, reference, own } = past;
  const { stepSeconds } = reference.shape;
  const values = past.values.subarray(past.values.length - reference.shape.context);
  const { history, scale } = own
    ? { history: values.includes(NaN) ? fillByDay(values, stepSeconds) : values, scale: 1 }
    : borrowHistory(values, { cluster: request.cluster!, resource, originSeconds, stepSeconds });
  const level = own
    ? levelHistory(history, reference.shape, trainedSteps(reference, originSeconds))
    : { history, restore: null };
  const forecaster = await ports.forecasters.get(reference.sha256);
  const stepsAhead = request.stepsAhead?.filter((step) => step <= reference.shape.horizon);
  const horizon = stepsAhead?.at(-1) ?? reference.shape.horizon;
  const quantiles = await forecaster.forecast(
    new Float32Array(level.history),
    [originSeconds],
    stepsAhead,
  );
  return {
    quantiles: scaledForecast(
      level.restore === null ? quantiles : quantiles.map(level.restore),
      { ...reference.shape, horizon },
      { originSeconds, scale },
    ),
    model: modelName(reference.composition),
    reliability: reference.reliability,
  };
}

/** How many of the steps that a forecast reads the model was trained with. */
const trainedSteps = (
  { shape: { context, stepSeconds }, trainedToSeconds }: ModelReference,
  originSeconds: number,
): number => context - Math.round((originSeconds - trainedToSeconds) / stepSeconds);

function scaledForecast(
  quantiles: Float32Array,
  shape: ForecastShape,
  { originSeconds, scale }: { originSeconds: number; scale: number },
): QuantileForecast {
  const { stepSeconds, horizon, levels } = shape;
  const values = new Float64Array(quantiles);
  for (let k = 0; k < values.length; k++) values[k]! *= scale;
  return { originSeconds, stepSeconds, horizon, levels, values };
}

/** Forecast of an application without a decision; null if it has no own and no cluster's model. */
export async function forecastApplication(
  ports: ForecastPorts & { readonly profiles: ProfileStore },
  request: Omit<ForecastRequest, 'cluster'>,
  settings: Settings,
): Promise<FootprintForecast | null> {
  const cluster = await lendingCluster(ports.profiles, request.profile, settings);
  return forecastFootprint(ports, { ...request, cluster }, settings);
}

/** The application's cluster if a resource has no model of its own and must use the cluster's. */
export async function lendingCluster(
  profiles: ProfileStore,
  profile: ApplicationProfile | null,
  { resources }: Settings,
): Promise<ClusterProfile | null> {
  const borrows = resources.some((resource) => !profile?.predictiveModel[resource]);
  if (profile === null || profile.clusterId === null || !borrows) return null;
  const clusters = await profiles.clusters();
  return clusters.find(({ clusterId }) => clusterId === profile.clusterId) ?? null;
}
