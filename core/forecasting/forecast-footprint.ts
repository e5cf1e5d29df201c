import { stepStart } from '#core/domain/align-time.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { localSlack } from '#core/domain/local-series.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { ModelFault } from '#core/domain/model-fault.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { factorsAhead, usualHistory } from '#core/expectation/usual-history.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import type { FootprintForecast, ResourceForecast } from './footprint-forecast.ts';
import { forecastLastUse } from './forecast-last-use.ts';
import { forecastOwnHours, OWN_HOURS_MODEL } from './forecast-own-hours.ts';
import { aheadOf, localValues, rowsAt } from './local-forecast.ts';
import { modelForecast, type ModelUse, type Past } from './model-forecast.ts';
import { quantileAt } from './quantile-at.ts';
import { scaleForecast } from './scale-forecast.ts';

export interface ForecastPorts {
  readonly history: HistoryStore;
  readonly forecasters: { get(sha256: string): Promise<Pick<Forecaster, 'forecast'>> };
  /** Clusters that stand in for a model that cannot be used; none where absent. */
  readonly lenders?: Pick<ProfileStore, 'clusters'>;
  /** Hears of every model that could not be used and was replaced by the next best forecast. */
  readonly modelFault?: (fault: ModelFault) => void;
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
  /**
   * What was measured up to the forecast's first step, without expected events (`usualHistory`);
   * read where it is absent or too short.
   */
  readonly measured?: FootprintWindow | undefined;
}

/**
 * Forecasts every resource with the application's own model. Without one it uses the pool learned
 * on many machines, on the application's own first hours. Without these it uses the cluster's
 * model, scaled to the application's level. docs/benchmarks/clusters.md (Newcomers) compares the pool
 * with the cluster's model. A model that is missing, altered, cannot be loaded or answers with
 * what cannot be is replaced by the next in this order, and in the end by what was measured last.
 * Returns null if no resource has a forecast.
 */
export async function forecastFootprint(
  ports: ForecastPorts,
  request: ForecastRequest,
  settings: Settings,
): Promise<FootprintForecast | null> {
  const chosen = settings.resources.map((resource) => chooseModel(request, resource));
  const { stepSeconds } = settings;
  const originSeconds = stepStart(request.nowSeconds, stepSeconds);
  const { applicationId } = request.profile;
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const context =
    Math.max(...chosen.map(({ own, shared }) => contextOf(own, shared, settings))) +
    localSlack(timeZone, stepSeconds);
  const range = {
    fromSeconds: originSeconds - context * stepSeconds,
    toSeconds: originSeconds,
  };
  const window =
    request.measured && request.measured.values.cpu.length >= context
      ? request.measured
      : await usualHistory(ports.history, settings).read(applicationId, range, stepSeconds);

  const steps = request.stepsAhead?.at(-1) ?? settings.training.horizon;
  const ahead = { applicationId, originSeconds, stepSeconds, steps };
  const factors = await factorsAhead(ports.history, ahead, settings);
  const byResource: Partial<Record<Resource, ResourceForecast>> = {};
  let borrows = false;
  for (const model of chosen) {
    const past = {
      resource: model.resource,
      values: window.values[model.resource],
      originSeconds,
      timeZone,
    };
    const found = await forecastResource(ports, { past, model, request }, settings);
    if (found === null) continue;
    byResource[model.resource] = factors
      ? scaleForecast(found.forecast, factors[model.resource])
      : found.forecast;
    borrows ||= found.isBorrowed;
  }
  if (Object.keys(byResource).length === 0) return null;
  const source = borrows ? 'cluster-forecast' : 'forecast';
  return { source, byResource, ...(factors && { factors }) };
}

/** The first forecast of a resource that can be had, in the order of `forecastFootprint`. */
async function forecastResource(
  ports: ForecastPorts,
  {
    past,
    model: { resource, own, shared },
    request,
  }: { readonly past: Past; readonly model: ChosenModel; readonly request: ForecastRequest },
  settings: Settings,
): Promise<{ readonly forecast: ResourceForecast; readonly isBorrowed: boolean } | null> {
  const { stepsAhead } = request;
  const ask = async (of: ModelFault['of'], use: ModelUse): Promise<ResourceForecast | null> => {
    try {
      return await modelForecast(ports.forecasters, past, use);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      ports.modelFault?.({ resource, of, reason });
      return null;
    }
  };
  const fromOwn = own
    ? await ask('application', { reference: own, cluster: null, stepsAhead })
    : null;
  const forecast = fromOwn ?? newcomerForecast(past, request, settings);
  if (forecast !== null) return { forecast, isBorrowed: false };
  const cluster = own ? await clusterOf(ports.lenders, request) : request.cluster;
  const reference = own ? cluster?.predictiveModel[resource] : shared;
  if (cluster && reference) {
    const borrowed = await ask('cluster', { reference, cluster, stepsAhead });
    if (borrowed !== null) return { forecast: borrowed, isBorrowed: true };
  }
  const hadModel = own ?? reference;
  const reactive = hadModel ? forecastLastUse(past, stepsAhead, settings) : null;
  return reactive && { forecast: reactive, isBorrowed: false };
}

/** The cluster of an application whose own model failed; it was not read with the snapshot. */
async function clusterOf(
  lenders: ForecastPorts['lenders'],
  { profile, cluster }: ForecastRequest,
): Promise<ClusterProfile | null> {
  if (cluster || !lenders || profile.clusterId === null) return cluster;
  const clusters = await lenders.clusters();
  return clusters.find(({ clusterId }) => clusterId === profile.clusterId) ?? null;
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

/** Mean width of the 80 % interval, in the resource's unit. */
function widthOf(forecast: QuantileForecast): number {
  let sum = 0;
  for (let step = 0; step < forecast.horizon; step++) {
    sum += quantileAt(forecast, step, 0.9) - quantileAt(forecast, step, 0.1);
  }
  return sum / forecast.horizon;
}

/** Forecast from the application's own hours; null if there are too few. */
function newcomerForecast(
  past: Past,
  { stepsAhead }: ForecastRequest,
  { training, stepSeconds }: Settings,
): ResourceForecast | null {
  const { originSeconds } = past;
  const { levels } = training;
  const horizon = Math.min(training.horizon, stepsAhead?.at(-1) ?? Infinity);
  const ahead = aheadOf(past, { horizon: training.horizon, stepSeconds }, firstSteps(horizon));
  const recentValues = localValues(past, stepSeconds).subarray(-training.context);
  const shape = { stepSeconds, horizon: Math.max(...ahead.local), levels };
  const found = forecastOwnHours(recentValues, shape);
  if (found === null) return null;
  const quantiles = rowsAt(found, ahead, levels.length);
  const forecast = { originSeconds, stepSeconds, horizon, levels, values: quantiles };
  const relativeWidth = widthOf(forecast) / (meanMeasured(recentValues) || 1);
  return { quantiles: forecast, model: OWN_HOURS_MODEL, reliability: { relativeWidth } };
}

/** Forecast of an application without a decision; null if it has no own and no cluster's model. */
export async function forecastApplication(
  ports: ForecastPorts & { readonly profiles: ProfileStore },
  request: Omit<ForecastRequest, 'cluster'>,
  settings: Settings,
): Promise<FootprintForecast | null> {
  const cluster = await lendingCluster(ports.profiles, request.profile, settings);
  return forecastFootprint(
    { ...ports, lenders: ports.profiles },
    { ...request, cluster },
    settings,
  );
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
