import { defaultFootprint } from '#core/capacity/default-footprint.ts';
import {
  addFootprints,
  availableFootprint,
  heldBy,
  largerFootprint,
  limitToAvailable,
} from '#core/capacity/limits.ts';
import type { Decision, DecisionReason } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT, perResource, RESOURCES, type Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { DemandForecast } from '#core/evidence/demand-forecast.ts';
import { criticalQuantile, forecastNeed, warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { eventsInForce, type EventsInForce } from '#core/expectation/events-in-force.ts';
import { NEW_CONTROLLER_STATE, type ControllerState } from './controller-state.ts';
import { countInstances } from './count-instances.ts';
import { headroomNeed } from './reactive-need.ts';
import { choiceAlone, choiceBeside, isBehind } from './service/choose-behaviour.ts';
import { choiceByCosts } from './service/choose-by-costs.ts';
import { choiceForLevel, isAboveLevel } from './service/choose-for-level.ts';
import { servedBy, type ServedBy } from './service/served-by.ts';
import { trialFor } from './service/service-trial.ts';
import { trackingRule } from './service/tracked-group.ts';
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
  const service = forecast === null ? undefined : serviceOf(state, target, settings);
  const quantile = service?.quantile ?? criticalQuantile(allocation);
  const available = availableFootprint(target, allocation.targetUtilization);
  const demanded = service === undefined ? ownDemand(state, settings) : servedDemand(state, input);

  const need =
    forecast === null ? needOfType(input, settings) : needOf(forecast, quantile, settings);
  const floor = forecast?.floor ?? EMPTY_FOOTPRINT;
  const events = eventsAhead(input, settings);
  const granted = limitToAvailable(largerFootprint(need.forecast, floor), available);
  const withMargin = addFootprints(granted, need.safetyMargin);
  const corrected = largerFootprint(withMargin, demanded);
  const limited = limitToAvailable(corrected, available);
  const { instances, reason } = countInstances(
    {
      target,
      shares: forecast === null ? null : forecast.shares,
      peakShares: forecast === null ? null : forecast.peakShares,
      triedShares: forecast === null ? [] : forecast.triedShares,
      quantile,
      need: limited,
      correction: largerFootprint(demanded, floor),
      service,
      events,
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
      ...(events.texts.length > 0 && { expected: events.texts }),
      limits: target.limits,
      instanceCapacity: target.instanceCapacity,
      instances: reason,
      profileVersion: input.profileVersion,
      warmUpSeconds: allocation.warmUpSeconds,
    },
  };
  return { decision, state };
}

/** Events in the steps that the decision looks ahead to. */
function eventsAhead(
  { applicationId, nowSeconds }: DecisionInput,
  settings: Settings,
): EventsInForce {
  const { allocation, stepSeconds } = settings;
  const steps = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const range = { fromSeconds: nowSeconds, toSeconds: nowSeconds + steps * stepSeconds };
  return eventsInForce(settings, applicationId, range);
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

/** What the application's own record chooses; undefined where all evidence is pooled for costs. */
function serviceOf(
  { service, correction }: ControllerState,
  { hasPolicy }: DecisionInput['target'],
  { allocation, stepSeconds }: Settings,
): ServedBy | undefined {
  if (allocation.service === 'cost' && !costsUseRecord(allocation)) return undefined;
  const isBeside = hasPolicy === true;
  const trial = trialFor(service, isBeside);
  const isCorrected = RESOURCES.some((resource) => correction[resource] !== null);
  if (isBeside) {
    const choice = choiceBeside(trial, stepSeconds);
    return servedBy(choice, trial, { decidedBy: 'record', isBehind: false });
  }
  if (allocation.service === 'cost') {
    const choice = choiceByCosts(trial, allocation, stepSeconds);
    return servedBy(choice, trial, { decidedBy: 'costs', isBehind: false });
  }
  if (allocation.service === 'level') {
    const { shortTime } = allocation;
    const choice = choiceForLevel(trial, shortTime, stepSeconds);
    return servedBy(choice, trial, {
      decidedBy: 'level',
      isBehind: isCorrected && isAboveLevel(trial, shortTime, stepSeconds),
    });
  }
  const choice = choiceAlone(trial, trackingRule(allocation), stepSeconds);
  return servedBy(choice, trial, {
    decidedBy: 'record',
    isBehind: isCorrected && isBehind(trial),
  });
}

/** A quantile above this accepts so few shortages that a record has hardly any to choose by. */
const MOST_CHOSEN_QUANTILE = 0.97;

/**
 * Whether costs choose among what was tried. Where all demand is seen, and where hardly any shortage
 * pays, all evidence pooled with headroom above recent use serves better for its hours.
 */
function costsUseRecord(allocation: Settings['allocation']): boolean {
  return allocation.useEndsAtCapacity && criticalQuantile(allocation) <= MOST_CHOSEN_QUANTILE;
}

/** What monitoring and recent use demand where all evidence is pooled for costs. */
function ownDemand(state: ControllerState, { allocation }: Settings): Footprint {
  return largerFootprint(state.correction, headroomNeed(state, allocation.targetUtilization));
}

/**
 * What is demanded where service is held to tracking's: the use that goes on, so that nothing is
 * taken away that is in use. Near saturation it is an estimate well above what serves. A policy
 * beside sees to that itself.
 */
function servedDemand({ recentUses }: ControllerState, input: DecisionInput): Footprint {
  if (input.target.hasPolicy) return EMPTY_FOOTPRINT;
  return input.inUse ?? recentUses.at(-1) ?? EMPTY_FOOTPRINT;
}

function needOf(
  forecast: DemandForecast,
  level: number,
  { allocation, stepSeconds }: Settings,
): Need {
  return {
    source: forecast.source,
    forecast: forecastNeed(forecast, {
      level,
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
