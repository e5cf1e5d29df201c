import type { Resource } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { UsageMemory } from './usage-memory.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { warmUpHorizon } from './forecast-need.ts';
import { instanceShares, type InstanceShares } from './instance-shares.ts';
import { heldBy } from '#core/capacity/limits.ts';
import { safetyMargins, unreliableResources } from './safety-margin.ts';

/**
 * The expected use of every instance the target may have, over the lead time, with the safety margin where the forecast
 * is unreliable. Depends on no cost, so that one computation serves decisions at any quantile.
 */
export function expectedShares(
  input: {
    readonly forecast: FootprintForecast;
    readonly target: Pick<ScalingState, 'limits' | 'instanceCapacity'>;
    readonly memories: Readonly<Partial<Record<Resource, UsageMemory>>>;
  },
  settings: Settings,
): InstanceShares | null {
  const { allocation, stepSeconds } = settings;
  const steps = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const unreliable = unreliableResources(input.forecast, allocation);
  return instanceShares({
    ...input,
    usableCapacity: heldBy(1, input.target, allocation.targetUtilization),
    margins: safetyMargins(input.forecast, unreliable, { steps, settings: allocation }),
    maxInstances: input.target.limits.maxInstances,
    warmUpHorizon: steps,
  });
}
