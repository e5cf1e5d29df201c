import { fillGaps } from '#models/fill-gaps.ts';
import type { ForecastShape, QuantileForecast } from '#models/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { stepStart } from '#core/align-time.ts';
import type { Resource } from '#core/footprint.ts';
import type { HistoryStore } from '#core/ports.ts';
import type { ApplicationProfile, ClusterProfile, ModelReference } from '#core/profiles.ts';
import type { Settings } from '#core/settings.ts';
import { borrowHistory } from './borrow-history.ts';
import type { FootprintForecast, ResourceForecast } from './footprint-forecast.ts';

const DAY_SECONDS = 86_400;

export interface ForecastPorts {
  readonly history: HistoryStore;
  readonly forecasters: { get(sha256: string): Promise<Pick<Forecaster, 'forecast'>> };
}

export interface ForecastRequest {
  readonly profile: ApplicationProfile;
  /** The cluster the application belongs to, if any. */
  readonly cluster: ClusterProfile | null;
  /** The forecast starts at the step that contains this instant and reads only what lies before it. */
  readonly nowSeconds: number;
  /**
   * Steps ahead, counted from 1, increasing; the whole horizon where absent. The forecast then ends with the last of them,
   * and steps that are not wanted may be NaN.
   */
  readonly wanted?: readonly number[] | undefined;
}

/**
 * Forecasts every resource with the application's own model, or else with its cluster's model scaled to the
 * application's level. Returns null when no resource has either.
 */
export async function forecastFootprint(
  ports: ForecastPorts,
  request: ForecastRequest,
  settings: Settings,
): Promise<FootprintForecast | null> {
  const chosen = chooseModels(request, settings.resources);
  if (chosen.length === 0) return null;
  const { stepSeconds } = settings;
  const originSeconds = stepStart(request.nowSeconds, stepSeconds);
  const context = Math.max(...chosen.map(({ reference }) => reference.shape.context));
  const window = await ports.history.read(
    request.profile.applicationId,
    { fromSeconds: originSeconds - context * stepSeconds, toSeconds: originSeconds },
    stepSeconds,
  );

  const byResource: Partial<Record<Resource, ResourceForecast>> = {};
  for (const { resource, reference, borrowed } of chosen) {
    const values = window.values[resource].subarray(context - reference.shape.context);
    const { history, scale } = borrowed
      ? borrowHistory(values, { cluster: request.cluster!, resource, originSeconds, stepSeconds })
      : { history: fillGaps(values, Math.round(DAY_SECONDS / stepSeconds)), scale: 1 };
    const forecaster = await ports.forecasters.get(reference.sha256);
    const wanted = request.wanted?.filter((step) => step <= reference.shape.horizon);
    const horizon = wanted?.at(-1) ?? reference.shape.horizon;
    const past = new Float32Array(history);
    const quantiles = await forecaster.forecast(past, [originSeconds], wanted);
    const shape = { ...reference.shape, horizon };
    byResource[resource] = {
      quantiles: scaledForecast(quantiles, shape, { originSeconds, scale }),
      model: reference.model,
      reliability: reference.reliability,
    };
  }
  const source = chosen.some(({ borrowed }) => borrowed) ? 'cluster-forecast' : 'forecast';
  return { source, byResource };
}

interface ChosenModel {
  readonly resource: Resource;
  readonly reference: ModelReference;
  readonly borrowed: boolean;
}

function chooseModels(
  { profile, cluster }: ForecastRequest,
  resources: readonly Resource[],
): ChosenModel[] {
  return resources.flatMap((resource): ChosenModel[] => {
    const own = profile.predictiveModel[resource];
    if (own) return [{ resource, reference: own, borrowed: false }];
    const shared = cluster?.predictiveModel[resource];
    return shared ? [{ resource, reference: shared, borrowed: true }] : [];
  });
}

function scaledForecast(
  quantiles: Float32Array,
  shape: ForecastShape,
  { originSeconds, scale }: { originSeconds: number; scale: number },
): QuantileForecast {
  return {
    originSeconds,
    stepSeconds: shape.stepSeconds,
    horizon: shape.horizon,
    levels: shape.levels,
    values: new Float64Array(quantiles).map((value) => value * scale),
  };
}
