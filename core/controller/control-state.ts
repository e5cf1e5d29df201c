import type { CountedAllocation } from './decide-allocation.ts';
import { criticalQuantile, warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { clampInstances, filledInstances, holdingInstances } from '#core/capacity/limits.ts';
import { EMPTY_FOOTPRINT, RESOURCES, perResource, type Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { inForce, REACTIVE_TARGET } from './check-utilization.ts';
import { judgeForecast, NEW_BREAKER, type CircuitBreaker } from './circuit-breaker.ts';
import {
  advanceHeadroom,
  NEW_HEADROOM_TRIAL,
  HEADROOM_FACTORS,
  type HeadroomTrial,
} from './headroom-trial.ts';
import { advanceShortages, lastingStepsAt, type ShortageEpisodes } from './lasting-shortage.ts';

/** What the next decision has to know of the last steps; plain JSON. */
export interface ControlState {
  readonly breaker: CircuitBreaker;
  /** The last measured uses, newest last. */
  readonly recent: readonly Footprint[];
  /** Resources that are or were short of late; absent in states of versions before 0.2. */
  readonly shortages?: ShortageEpisodes;
  /** Room above recent use that pays; absent in states of versions before 0.2. */
  readonly headroom?: HeadroomTrial;
}

export const NEW_CONTROL: ControlState = { breaker: NEW_BREAKER, recent: [], shortages: {} };

/** Reactive behaviour holds the largest need of so many steps, as target tracking's scale-in does. */
const RECENT_STEPS = 3;

/** The largest recent use; null per resource where none was measured. */
function recentPeak({ recent }: ControlState): Footprint {
  return perResource((resource) => {
    let most: number | null = null;
    for (const use of recent) {
      const used = use[resource];
      if (used !== null && (most === null || used > most)) most = used;
    }
    return most;
  });
}

function multiplied(use: Footprint, times: number): Footprint {
  return perResource((resource) => {
    const used = use[resource];
    return used === null ? null : used * times;
  });
}

/** What reactive behaviour demands now: the largest recent use with target tracking's headroom. */
export function reactiveNeed(control: ControlState): Footprint {
  return multiplied(recentPeak(control), 1 / REACTIVE_TARGET);
}

/** What has to be held of recent use, with the headroom that pays for this application; nothing where none does. */
export function headroomNeed(control: ControlState): Footprint {
  const times = HEADROOM_FACTORS[control.headroom?.chosen ?? 0] ?? 0;
  return times === 0 ? EMPTY_FOOTPRINT : multiplied(recentPeak(control), times);
}

/** What has to be allocated in the forecast's place while the circuit breaker is open; null while it is trusted. */
export function fallbackNeed(control: ControlState): Footprint | null {
  return control.breaker.broken ? reactiveNeed(control) : null;
}

/**
 * What lasting shortages demand of the next decision: the largest recent use, however small the shortage; null per resource
 * where there is none. Room for growth is the trial's to give: with a sixth more for everybody the same shortage cost 1 %
 * more instance-hours.
 */
export function lastingNeed(control: ControlState): Footprint {
  const { shortages = {} } = control;
  if (!RESOURCES.some((resource) => shortages[resource]?.lasting)) return EMPTY_FOOTPRINT;
  const peak = recentPeak(control);
  return perResource((resource) => (shortages[resource]?.lasting ? peak[resource] : null));
}

/** The parts of a decision that are judged. */
export type JudgedDecision = Omit<CountedAllocation, 'instances'>;

/** Learns from one measured step and the decision that was in force in it. */
export function advanceControl(
  control: ControlState,
  { actual, decision }: { readonly actual: Footprint; readonly decision: JudgedDecision | null },
  { allocation, stepSeconds }: Settings,
): ControlState {
  const recent = [...control.recent, actual].slice(-RECENT_STEPS);
  const counted = decision?.reason.instances;
  if (!decision || !counted || decision.reason.source === 'default') return { ...control, recent };
  const { targetUtilization, shortageCost, idleCost } = allocation;
  const { limits } = decision.reason;
  const peak = filledInstances(recentPeak(control), decision.reason, targetUtilization) ?? 0;
  const reactive = holdingInstances(peak / REACTIVE_TARGET, limits);
  const used = filledInstances(actual, decision.reason, targetUtilization);
  if (used === null) return { ...control, recent };
  const held = perResource((resource) => {
    const holds = inForce(decision, resource);
    return holds === null ? null : holds * allocation.overThreshold;
  });
  const lastingSteps = lastingStepsAt(criticalQuantile(allocation));
  const rules = { lastingSteps, stepSeconds };
  const shortages = advanceShortages(control.shortages ?? {}, { actual, held }, rules);
  const forecast = clampInstances(counted.kept, limits);
  const fits = Math.min(used, limits.maxInstances);
  // Written out: a replay comes here for every point of its frontier, where spreading objects takes longer than judging.
  const breaker = judgeForecast(control.breaker, {
    forecast,
    reactive,
    used: fits,
    shortageCost,
    idleCost,
    stepSeconds,
  });
  const headroom = advanceHeadroom(control.headroom ?? NEW_HEADROOM_TRIAL, {
    wanted: HEADROOM_FACTORS.map((times) =>
      Math.max(forecast, holdingInstances(peak * times, limits)),
    ),
    used: fits,
    shortageCost,
    idleCost,
    stepSeconds,
    warmUpHorizon: warmUpHorizon(allocation.warmUpSeconds, stepSeconds),
    lastingSteps,
  });
  return { breaker, recent, shortages, headroom };
}
