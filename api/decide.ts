import { decide as decideInstances } from '#core/controller/decide.ts';
import { describeDecision } from '#core/controller/describe-decision.ts';
import { EMPTY_FOOTPRINT, perResource, RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import { settingsSchema, type Settings } from '#core/domain/settings/settings.ts';
import { forecastInstances, type DemandForecast } from '#core/evidence/demand-forecast.ts';
import { warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { rememberUsage } from '#core/evidence/remember-usage.ts';
import type { ResourceForecast } from '#core/forecasting/footprint-forecast.ts';
import { requireCapacity, requireInstances } from './bounds.ts';
import { train } from './train.ts';
import type { Amounts, DecisionRequest, InstanceDecision } from './types/fleet.ts';
import { usageWindow } from './usage-window.ts';

/**
 * How many instances an application should have next: forecasts its usage and counts the instances
 * that are expected to be used enough to pay. Without two days of usage, or what a model needs,
 * instances are counted by the last use.
 * @throws RangeError for usage without a value, arrays of different lengths, a value that is no
 *   amount, or a number out of bounds.
 */
export async function decide(request: DecisionRequest): Promise<InstanceDecision> {
  const window = usageWindow(request, request.usage);
  const { currentInstances, minInstances = 1, maxInstances, instance } = request;
  requireInstances({ currentInstances, minInstances, maxInstances });
  requireCapacity(instance);
  const settings = settingsOf(request);
  const steps = window.values.cpu.length;
  const nowSeconds = window.startSeconds + steps * window.stepSeconds;
  const target = {
    limits: { minInstances, maxInstances },
    instanceCapacity: { ...EMPTY_FOOTPRINT, ...instance },
    desiredInstances: currentInstances,
    inServiceInstances: currentInstances,
  };
  const demand = await demandOf(window, target, settings);
  const lastUse = perResource((resource) => measuredLast(window.values[resource]));
  const input = {
    applicationId: 'application',
    applicationType: null,
    requested: lastUse,
    nowSeconds,
    profileVersion: null,
    state: null,
    target,
  };
  const { decision } = decideInstances(input, demand, settings);
  const described = describeDecision(decision, demand, settings);
  const { reason } = described;
  return {
    instances: described.instances,
    allocated: described.allocated,
    validUntilSeconds: described.validUntilSeconds,
    summary: reason.summary,
    need: reason.forecast,
    leastShare: 1 - reason.quantile,
    lastShare: reason.instances?.lastShare ?? null,
    nextShare: reason.instances?.nextShare ?? null,
  };
}

type Target = Parameters<typeof forecastInstances>[0]['target'];

/** Null where no resource has enough usage for a model. */
async function demandOf(
  window: FootprintWindow,
  target: Target,
  settings: Settings,
): Promise<DemandForecast | null> {
  const byResource: Partial<Record<Resource, ResourceForecast>> = {};
  for (const resource of settings.resources) {
    const forecast = await forecastResource(window, resource, settings);
    if (forecast !== null) byResource[resource] = forecast;
  }
  if (Object.keys(byResource).length === 0) return null;
  const memories = rememberUsage(window, target, { settings, timeZone: 'UTC' });
  return forecastInstances(
    { forecast: { source: 'forecast', byResource }, target, memories },
    settings,
  );
}

async function forecastResource(
  { startSeconds, stepSeconds, values }: FootprintWindow,
  resource: Resource,
  { allocation, training }: Settings,
): Promise<ResourceForecast | null> {
  const series = { startSeconds, stepSeconds, values: Array.from(values[resource]) };
  const horizon = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const trained = await train(series, { horizon, levels: training.levels });
  if (trained.kind === 'too-little-data') return null;
  const { quantiles, levels, startSeconds: originSeconds } = await trained.forecast(series);
  const flat = Float64Array.from(quantiles.flat());
  return {
    quantiles: { originSeconds, stepSeconds, horizon, levels, values: flat },
    model: trained.model,
    reliability: { relativeWidth: trained.relativeWidth },
  };
}

function settingsOf(request: DecisionRequest): Settings {
  const { usage, stepSeconds, warmUpSeconds, shortageCost, targetUtilization } = request;
  const parsed = settingsSchema.safeParse({
    stepSeconds,
    resources: RESOURCES.filter((resource) => usage[resource] !== undefined),
    allocation: {
      ...(warmUpSeconds !== undefined && { warmUpSeconds }),
      ...(shortageCost !== undefined && { shortageCost }),
      ...(targetUtilization !== undefined && { targetUtilization: withWhole(targetUtilization) }),
    },
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new RangeError(`${path.at(-1) === undefined ? '' : String(path.at(-1))} ${message}`);
}

const withWhole = (given: Amounts) => perResource((resource) => given[resource] ?? 1);

function measuredLast(values: Float64Array): number | null {
  return values.findLast((value) => !Number.isNaN(value)) ?? null;
}
