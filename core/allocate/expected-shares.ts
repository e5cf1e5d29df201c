import type { Resource } from '#core/footprint.ts';
import type { FootprintForecast } from '#core/forecast/footprint-forecast.ts';
import type { ScalingState } from '#core/ports.ts';
import type { UsageMemory } from '#core/recall/usage-memory.ts';
import type { Settings } from '#core/settings.ts';
import { leadSteps } from './forecast-need.ts';
import { instanceShares, type InstanceShares } from './instance-shares.ts';
import { heldBy } from './limits.ts';
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
  const steps = leadSteps(allocation.bootSeconds, stepSeconds);
  const unreliable = unreliableResources(input.forecast, allocation);
  return instanceShares({
    ...input,
    usableCapacity: heldBy(1, input.target, allocation.targetUtilization),
    margins: safetyMargins(input.forecast, unreliable, { steps, settings: allocation }),
    maxInstances: input.target.limits.maxInstances,
    leadSteps: steps,
  });
}
