import type { AllocationDecision, AllocationReason } from '#core/domain/allocation.ts';
import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  perResource,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { countInstances, type CountInput } from './count-instances.ts';
import { defaultFootprint } from '#core/capacity/default-footprint.ts';
import { expectedLater } from './expected-later.ts';
import { expectedShares } from '#core/evidence/expected-shares.ts';
import { criticalQuantile, forecastNeed, warmUpHorizon } from '#core/evidence/forecast-need.ts';
import {
  addFootprints,
  availableFootprint,
  heldBy,
  largerFootprint,
  limitToAvailable,
} from '#core/capacity/limits.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import { safetyMargins, unreliableResources } from '#core/evidence/safety-margin.ts';
import { summarize } from '#core/text/summarize-reason.ts';

export interface DecisionInput {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** What a new deployment asks for, if it says so. */
  readonly requested: Footprint | null;
  /** Null when there is neither a profile nor a cluster to forecast with. */
  readonly forecast: FootprintForecast | null;
  /** Expected use of every instance; the forecast's own where absent, null where nothing is counted in instances. */
  readonly shares?: InstanceShares | null;
  readonly target: Pick<
    ScalingState,
    'limits' | 'instanceCapacity' | 'desiredInstances' | 'inServiceInstances' | 'availableInstances'
  >;
  /** What monitoring and open incidents demand at least. */
  readonly correction: Footprint;
  /** What reactive behaviour demands while the forecast is not to be trusted; null or absent otherwise. */
  readonly fallback?: Footprint | null;
  readonly profileVersion: number | null;
  readonly nowSeconds: number;
}

/**
 * The allocation, step by step as the mission has it: defaults without a profile; otherwise what the forecast says pays,
 * no more than is available, with safety margin × safety factor where the forecast is unreliable. Corrections of
 * monitoring raise it; nothing lifts it above what is available. Pure: the same input gives the same decision.
 */
export function decideAllocation(input: DecisionInput, settings: Settings): AllocationDecision {
  const weighed = weighAllocation(input, settings);
  const { reason, instances } = weighed;
  return {
    ...weighed,
    expected: expectedLater(input.forecast, input.nowSeconds, settings),
    reason: { ...reason, summary: summarize(reason, instances) },
  };
}

/** A decision in numbers, without what only people and monitoring want to know of it. */
export interface WeighedAllocation extends Omit<AllocationDecision, 'expected' | 'reason'> {
  readonly reason: Omit<AllocationReason, 'summary'>;
}

/** The decision itself; see `decideAllocation`. */
export function weighAllocation(input: DecisionInput, settings: Settings): WeighedAllocation {
  const { allocation } = settings;
  const { target } = input;
  const quantile = criticalQuantile(allocation);
  const steps = warmUpHorizon(allocation.warmUpSeconds, settings.stepSeconds);
  const available = availableFootprint(target, allocation.targetUtilization);

  const need =
    input.forecast === null
      ? needOfType(input, settings)
      : needOfForecast(input.forecast, { quantile, steps, settings });
  const granted = limitToAvailable(need.forecast, available);
  const withMargin = addFootprints(granted, need.safetyMargin);
  const corrected = largerFootprint(withMargin, input.correction);
  const limited = limitToAvailable(corrected, available);
  const shares = sharesOf(input, settings);
  const counted = countFor(input, { shares, quantile, need: limited }, settings);

  const reason: Omit<AllocationReason, 'summary'> = {
    ...need,
    quantile,
    available,
    correction: correctionAdded(withMargin, corrected),
    limits: target.limits,
    instanceCapacity: target.instanceCapacity,
    instances: counted.reason,
    profileVersion: input.profileVersion,
    warmUpSeconds: allocation.warmUpSeconds,
  };
  return {
    applicationId: input.applicationId,
    decidedAtSeconds: input.nowSeconds,
    validUntilSeconds: input.nowSeconds + settings.stepSeconds,
    // Without a forecast the defaults are what was promised; otherwise what the instances hold.
    allocated: input.forecast === null ? limited : largerWhereUnknown(counted.held, limited),
    serving: counted.serving,
    instances: counted.instances,
    reason,
  };
}

/** The parts of a decision that are acted on and judged. */
export interface CountedAllocation extends Pick<
  WeighedAllocation,
  'allocated' | 'serving' | 'instances'
> {
  readonly reason: Pick<AllocationReason, 'source' | 'instances' | 'limits' | 'instanceCapacity'>;
}

/**
 * A decision without the amounts that explain it, where it rests on shares alone: a third of the work. Allocated are then
 * only resources that instances limit.
 */
export function countAllocation(input: DecisionInput, settings: Settings): CountedAllocation {
  const shares = sharesOf(input, settings);
  if (input.forecast === null || !shares) return weighAllocation(input, settings);
  const quantile = criticalQuantile(settings.allocation);
  const { limits, instanceCapacity } = input.target;
  const counted = countFor(input, { shares, quantile, need: EMPTY_FOOTPRINT }, settings);
  const { held, serving, instances, reason } = counted;
  const { source } = input.forecast;
  const reasons = { source, instances: reason, limits, instanceCapacity };
  return { allocated: held, serving, instances, reason: reasons };
}

function countFor(
  input: DecisionInput,
  by: Pick<CountInput, 'shares' | 'quantile' | 'need'>,
  { allocation }: Settings,
) {
  const { target, correction, fallback = null } = input;
  const { instances, reason } = countInstances({ target, ...by, correction, fallback }, allocation);
  const heldByCount = (count: number) => heldBy(count, target, allocation.targetUtilization);
  const held = heldByCount(instances);
  const serving = heldByCount(Math.min(instances, target.inServiceInstances));
  return { instances, reason, held, serving };
}

function sharesOf(input: DecisionInput, settings: Settings): InstanceShares | null {
  if (input.forecast === null) return null;
  if (input.shares !== undefined) return input.shares;
  return expectedShares({ forecast: input.forecast, target: input.target, memories: {} }, settings);
}

/** Amounts of resources that instances hold, others as they were needed. */
function largerWhereUnknown(held: Footprint, needed: Footprint): Footprint {
  return perResource((resource) => held[resource] ?? needed[resource]);
}

type Need = Pick<AllocationReason, 'source' | 'forecast' | 'unreliable' | 'safetyMargin' | 'model'>;

function needOfType(input: DecisionInput, { allocation }: Settings): Need {
  return {
    source: 'default',
    forecast: defaultFootprint(input.applicationType, input.requested, allocation),
    unreliable: [],
    safetyMargin: EMPTY_FOOTPRINT,
    model: {},
  };
}

function needOfForecast(
  forecast: FootprintForecast,
  { quantile, steps, settings }: { quantile: number; steps: number; settings: Settings },
): Need {
  const unreliable = unreliableResources(forecast, settings.allocation);
  return {
    source: forecast.source,
    forecast: forecastNeed(forecast, { level: quantile, steps }),
    unreliable,
    safetyMargin: safetyMargins(forecast, unreliable, { steps, settings: settings.allocation }),
    model: modelNames(forecast),
  };
}

function modelNames(forecast: FootprintForecast): Partial<Record<Resource, string>> {
  const names: Partial<Record<Resource, string>> = {};
  for (const resource of RESOURCES) {
    const known = forecast.byResource[resource];
    if (known) names[resource] = known.model;
  }
  return names;
}

function correctionAdded(before: Footprint, after: Footprint): Footprint {
  return perResource((resource) =>
    after[resource] === null ? null : after[resource] - (before[resource] ?? 0),
  );
}
