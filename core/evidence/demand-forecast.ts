import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { UsageMemories } from './remember-usage.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { warmUpHorizon } from './forecast-need.ts';
import { instanceShares, type InstanceShares } from './instance-shares.ts';
import { heldBy } from '#core/capacity/limits.ts';
import { safetyMargins, unreliableResources } from './safety-margin.ts';

/**
 * A forecast and what follows from it for one target. Nothing in it depends on the costs of shortage
 * and idleness, so one serves decisions at any quantile.
 */
export interface DemandForecast extends FootprintForecast {
  /** Resources whose forecast is too uncertain to be trusted without a margin. */
  readonly unreliable: readonly Resource[];
  /** Safety margin × safety factor per resource, 0 where the forecast is reliable. */
  readonly safetyMargin: Footprint;
  /** Expected use of every instance over the lead time; null where no resource limits anything. */
  readonly shares: InstanceShares | null;
  /** Model per resource. */
  readonly model: Readonly<Partial<Record<Resource, string>>>;
}

/** What a forecast and the memories of similar situations say of the instances of a target. */
export function forecastInstances(
  input: {
    readonly forecast: FootprintForecast;
    readonly target: Pick<ScalingState, 'limits' | 'instanceCapacity'>;
    readonly memories: UsageMemories;
  },
  settings: Settings,
): DemandForecast {
  const { forecast, target, memories } = input;
  const { allocation, stepSeconds } = settings;
  const steps = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const unreliable = unreliableResources(forecast, allocation);
  const safetyMargin = safetyMargins(forecast, unreliable, { steps, settings: allocation });
  const shares = instanceShares({
    forecast,
    memories,
    usableCapacity: heldBy(1, target, allocation.targetUtilization),
    margins: safetyMargin,
    maxInstances: target.limits.maxInstances,
    warmUpHorizon: steps,
  });
  return { ...forecast, unreliable, safetyMargin, shares, model: modelNames(forecast) };
}

function modelNames({ byResource }: FootprintForecast): Partial<Record<Resource, string>> {
  const names: Partial<Record<Resource, string>> = {};
  for (const resource of RESOURCES) {
    const known = byResource[resource];
    if (known) names[resource] = known.model;
  }
  return names;
}
