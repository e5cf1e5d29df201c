import { heldBy } from '#core/capacity/limits.ts';
import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast, ResourceForecast } from '#core/forecasting/footprint-forecast.ts';
import { peakQuantile } from '#core/forecasting/quantile-at.ts';
import { POOLED_MIX, TRIED_MIXES } from './evidence-mix.ts';
import { warmUpHorizon } from './forecast-need.ts';
import {
  instanceShares,
  peakShares,
  type InstanceShares,
  type ShareInput,
} from './instance-shares.ts';
import type { PooledUse } from './instance-use.ts';
import { memoryFloor } from './memory-floor.ts';
import type { ExpectedPeaks } from './recurring/expected-peaks.ts';
import type { UsageMemories } from './remember-usage.ts';
import { safetyMargins, unreliableResources } from './safety-margin.ts';

/**
 * A forecast with its consequences for one target. It does not depend on the costs of shortage and
 * idle hours, so it serves decisions at any quantile.
 */
export interface DemandForecast extends FootprintForecast {
  /** Resources whose forecast is too uncertain to be used without a margin. */
  readonly unreliable: readonly Resource[];
  /** Safety margin × safety factor per resource; 0 for a reliable forecast. */
  readonly safetyMargin: Footprint;
  /** Expected use of every instance over the warm-up horizon; null if no resource has a limit. */
  readonly shares: InstanceShares | null;
  /** The same at its end, for each of `TRIED_MIXES`; empty where all demand is seen and costs decide. */
  readonly triedShares: readonly PooledUse[];
  /** The part of recurring peaks in it; null where none is expected. */
  readonly peakShares: InstanceShares | null;
  /** What is held beyond the forecast, see `memoryFloor`; null per resource where nothing is. */
  readonly floor: Footprint;
  /** Model per resource. */
  readonly model: Readonly<Partial<Record<Resource, string>>>;
}

/**
 * Expected use of the instances of a target, from a forecast and the memories of similar
 * situations.
 */
export function forecastInstances(
  input: {
    readonly forecast: FootprintForecast;
    readonly target: Pick<ScalingState, 'limits' | 'instanceCapacity'>;
    readonly memories: UsageMemories;
    readonly peaks?: ExpectedPeaks;
    /** See `briefPeaks`. */
    readonly memoryPeaks?: readonly number[] | undefined;
  },
  settings: Settings,
): DemandForecast {
  const { forecast, target, memories, peaks = {}, memoryPeaks = [] } = input;
  const { allocation, stepSeconds } = settings;
  const steps = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const unreliable = unreliableResources(forecast, allocation);
  const safetyMargin = safetyMargins(forecast, unreliable, { steps, settings: allocation });
  const { memory } = forecast.byResource;
  const usable = heldBy(1, target, allocation.targetUtilization).memory;
  const shareInput: ShareInput = {
    forecast,
    memories,
    usableCapacity: heldBy(1, target, allocation.targetUtilization),
    margins: safetyMargin,
    maxInstances: target.limits.maxInstances,
    warmUpHorizon: steps,
    peaks,
  };
  // No cost is asked for here: a forecast serves decisions at any quantile.
  const isTried = allocation.service !== 'cost' || allocation.useEndsAtCapacity;
  const tried = isTried ? TRIED_MIXES : [];
  const mixed = instanceShares(shareInput, { pooled: POOLED_MIX, tried });
  const { source, byResource, factors } = forecast;
  // Not begun with a spread, which would give every result hidden classes of its own.
  return {
    source,
    byResource,
    unreliable,
    safetyMargin,
    shares: mixed?.shares ?? null,
    triedShares: mixed?.tried ?? [],
    peakShares: peakShares(shareInput),
    floor: {
      ...EMPTY_FOOTPRINT,
      memory:
        memory && usable ? heldMemory(memory, { memoryPeaks, usable, steps }, settings) : null,
    },
    model: modelNames(forecast),
    ...(factors && { factors }),
  };
}

/** What is held for brief peaks of memory, given what the forecast calls for anyway. */
function heldMemory(
  { quantiles }: ResourceForecast,
  of: { readonly memoryPeaks: readonly number[]; readonly usable: number; readonly steps: number },
  { allocation }: Settings,
): number | null {
  const { outOfMemoryCost, idleCost, shortageCost } = allocation;
  const level = shortageCost / (shortageCost + idleCost);
  const held = peakQuantile(quantiles, of.steps, level);
  return memoryFloor(of.memoryPeaks, { outOfMemoryCost, idleCost, instance: of.usable, held });
}

function modelNames({ byResource }: FootprintForecast): Partial<Record<Resource, string>> {
  const names: Partial<Record<Resource, string>> = {};
  for (const resource of RESOURCES) {
    const known = byResource[resource];
    if (known) names[resource] = known.model;
  }
  return names;
}
