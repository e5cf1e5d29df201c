import { defaultFootprint } from '#core/capacity/default-footprint.ts';
import {
  addFootprints,
  availableFootprint,
  heldBy,
  largerFootprint,
  limitToAvailable,
} from '#core/capacity/limits.ts';
import type { Decision, DecisionReason } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT, perResource, type Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { DemandForecast } from '#core/evidence/demand-forecast.ts';
import { criticalQuantile, forecastNeed, warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { NEW_CONTROLLER_STATE, type ControllerState } from './controller-state.ts';
import { countInstances } from './count-instances.ts';
import { fallbackNeed, headroomNeed } from './reactive-need.ts';
import type { DecisionInput } from './snapshot.ts';

export interface Decided {
  readonly decision: Decision;
  /** The very state of the snapshot where the decision changes nothing in it. */
  readonly state: ControllerState;
}

/**
 * What is allocated next, step by step as the mission has it: the defaults of the type without a
 * forecast; otherwise what the forecast says pays, no more than is available, with a safety margin
 * where the forecast is unreliable. What was observed raises it; nothing lifts it above what is
 * available. Pure: the same snapshot, forecast and settings give the same decision.
 * @param forecast null where there is neither an own model nor one to borrow.
 * @param settings with the start-up time of the application, see `withLearnedWarmUp`.
 */
export function decide(
  input: DecisionInput,
  forecast: DemandForecast | null,
  settings: Settings,
): Decided {
  const { allocation } = settings;
  const { target } = input;
  // The first decision begins the state.
  const state = input.state ?? NEW_CONTROLLER_STATE;
  const quantile = criticalQuantile(allocation);
  const available = availableFootprint(target, allocation.targetUtilization);
  const demanded = largerFootprint(state.correction, headroomNeed(state, allocation.targetUtilization));

  const need = forecast === null ? needOfType(input, settings) : needOf(forecast, settings);
  const floor = forecast?.floor ?? EMPTY_FOOTPRINT;
  const granted = limitToAvailable(largerFootprint(need.forecast, floor), available);
  const withMargin = addFootprints(granted, need.safetyMargin);
  const corrected = largerFootprint(withMargin, demanded);
  const limited = limitToAvailable(corrected, available);
  const { instances, reason } = countInstances(
    {
      target,
      shares: forecast === null ? null : forecast.shares,
      peakShares: forecast === null ? null : forecast.peakShares,
      quantile,
      need: limited,
      correction: target.hasPolicy ? floor : largerFootprint(demanded, floor),
      fallback: fallbackNeed(state, allocation.targetUtilization),
    },
    allocation,
  );
  const held = heldBy(instances, target, allocation.targetUtilization);
  const serving = Math.min(instances, target.inServiceInstances);
  const decision: Decision = {
    applicationId: input.applicationId,
    decidedAtSeconds: input.nowSeconds,
    validUntilSeconds: input.nowSeconds + settings.stepSeconds,
    // Without a forecast the defaults are what was promised; otherwise what the instances hold.
    allocated: forecast === null ? limited : heldOrNeeded(held, limited),
    serving: heldBy(serving, target, allocation.targetUtilization),
    instances,
    reason: {
      source: need.source,
      forecast: need.forecast,
      unreliable: need.unreliable,
      safetyMargin: need.safetyMargin,
      model: need.model,
      quantile,
      available,
      correction: correctionAdded(withMargin, corrected),
      ...(floor.memory !== null && { memoryFloor: floor.memory }),
      limits: target.limits,
      instanceCapacity: target.instanceCapacity,
      instances: reason,
      profileVersion: input.profileVersion,
      warmUpSeconds: allocation.warmUpSeconds,
    },
  };
  return { decision, state };
}

type Need = Pick<DecisionReason, 'source' | 'forecast' | 'unreliable' | 'safetyMargin' | 'model'>;

function needOfType(input: DecisionInput, { allocation }: Settings): Need {
  return {
    source: 'default',
    forecast: defaultFootprint(input.applicationType, input.requested, allocation),
    unreliable: [],
    safetyMargin: EMPTY_FOOTPRINT,
    model: {},
  };
}

function needOf(forecast: DemandForecast, { allocation, stepSeconds }: Settings): Need {
  return {
    source: forecast.source,
    forecast: forecastNeed(forecast, {
      level: criticalQuantile(allocation),
      steps: warmUpHorizon(allocation.warmUpSeconds, stepSeconds),
    }),
    unreliable: forecast.unreliable,
    safetyMargin: forecast.safetyMargin,
    model: forecast.model,
  };
}

/** Amounts of resources that instances hold, others as they were needed. */
function heldOrNeeded(held: Footprint, needed: Footprint): Footprint {
  return perResource((resource) => held[resource] ?? needed[resource]);
}

function correctionAdded(before: Footprint, after: Footprint): Footprint {
  return perResource((resource) =>
    after[resource] === null ? null : after[resource] - (before[resource] ?? 0),
  );
}
