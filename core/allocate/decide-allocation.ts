import type { AllocationDecision, AllocationReason } from '#core/allocation.ts';
import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  perResource,
  type Footprint,
  type Resource,
} from '#core/footprint.ts';
import type { FootprintForecast } from '#core/forecast/footprint-forecast.ts';
import type { ScalingState } from '#core/ports.ts';
import type { Settings } from '#core/settings.ts';
import { defaultFootprint } from './default-footprint.ts';
import { expectedLater } from './expected-later.ts';
import { criticalQuantile, forecastNeed, leadSteps } from './forecast-need.ts';
import {
  addFootprints,
  availableFootprint,
  instancesFor,
  largerFootprint,
  limitToAvailable,
} from './limits.ts';
import { safetyMargins, unreliableResources } from './safety-margin.ts';
import { summarize } from './summarize-reason.ts';

export interface DecisionInput {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** What a new deployment asks for, if it says so. */
  readonly requested: Footprint | null;
  /** Null when there is neither a profile nor a cluster to forecast with. */
  readonly forecast: FootprintForecast | null;
  readonly target: Pick<ScalingState, 'limits' | 'instanceCapacity'>;
  /** What monitoring and open incidents demand at least. */
  readonly correction: Footprint;
  readonly profileVersion: number | null;
  readonly nowSeconds: number;
}

type Need = Pick<AllocationReason, 'source' | 'forecast' | 'unreliable' | 'safetyMargin' | 'model'>;

/**
 * The allocation, step by step as the mission has it: defaults without a profile; otherwise the forecast's quantile
 * over the lead time, no more than is available, plus safety margin × safety factor where the forecast is unreliable.
 * Corrections of monitoring raise it; nothing lifts it above what is available. Pure: the same input gives the same
 * decision.
 */
export function decideAllocation(input: DecisionInput, settings: Settings): AllocationDecision {
  const { allocation } = settings;
  const quantile = criticalQuantile(allocation);
  const steps = leadSteps(allocation.bootSeconds, settings.stepSeconds);
  const available = availableFootprint(input.target, allocation.targetUtilization);

  const need =
    input.forecast === null
      ? needOfType(input, settings)
      : needOfForecast(input.forecast, { quantile, steps, settings });
  const granted = limitToAvailable(need.forecast, available);
  const withMargin = addFootprints(granted, need.safetyMargin);
  const corrected = largerFootprint(withMargin, input.correction);
  const allocated = limitToAvailable(corrected, available);
  const instances = instancesFor(allocated, input.target, allocation.targetUtilization);

  const reason: Omit<AllocationReason, 'summary'> = {
    ...need,
    quantile,
    available,
    correction: correctionAdded(withMargin, corrected),
    limits: input.target.limits,
    instanceCapacity: input.target.instanceCapacity,
    profileVersion: input.profileVersion,
  };
  return {
    applicationId: input.applicationId,
    decidedAtSeconds: input.nowSeconds,
    validUntilSeconds: input.nowSeconds + settings.stepSeconds,
    allocated,
    instances,
    expected: expectedLater(input.forecast, input.nowSeconds, settings),
    reason: { ...reason, summary: summarize(reason, instances) },
  };
}

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
