import type { Decision, DecisionReason } from '#core/domain/allocation.ts';
import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  perResource,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import { reactiveShare } from './reactive-headroom.ts';

/** The parts of a decision that use is compared with. */
export interface UsedAllocation extends Pick<Decision, 'allocated' | 'serving'> {
  readonly reason: Pick<DecisionReason, 'source' | 'instances'> & {
    readonly instanceCapacity?: Footprint;
  };
}

export interface UtilizationCheck {
  /** Largest actual ÷ allocated over the resources, null where nothing can be compared. */
  readonly utilization: number | null;
  readonly status: MonitoringResult['status'];
}

/** Compares what was used with what was allocated, for people. */
export function checkUtilization(
  actual: Footprint,
  decision: UsedAllocation | null,
  { overThreshold, underThreshold }: AllocationSettings,
): UtilizationCheck {
  const ratios = RESOURCES.flatMap(
    (resource) => usedShare(actual[resource], decision?.allocated[resource] ?? null) ?? [],
  );
  if (ratios.length === 0) return { utilization: null, status: 'no-allocation' };
  const utilization = Math.max(...ratios);
  const isUnder = utilization < underThreshold;
  return {
    utilization,
    status: utilization > overThreshold ? 'over' : isUnder ? 'under' : 'within',
  };
}

/**
 * What the next allocation must at least hold, per resource; null where nothing is to be corrected.
 * Where more was used than is in service, the next allocation must hold the use with the headroom
 * of target tracking: what no forecast saw is then met as fast as target tracking would meet it.
 * The correction lasts one interval and is renewed while the breach lasts, so that one spike does
 * not hold capacity for ever. Nothing foresees growth where an allocation rests on defaults alone:
 * the use is tracked that way there, breach or not.
 */
export function overloadCorrection(
  actual: Footprint,
  decision: UsedAllocation | null,
  { overThreshold, targetUtilization, policyTarget }: AllocationSettings,
): Footprint {
  if (decision === null) return EMPTY_FOOTPRINT;
  return perResource((resource) => {
    const used = actual[resource];
    if (used === null || decision.allocated[resource] === null) return null;
    const breached = isBreached(used, { decision, resource, overThreshold });
    const isTracked = breached || decision.reason.source === 'default';
    return isTracked ? used / reactiveShare(targetUtilization[resource], policyTarget) : null;
  });
}

/**
 * The decision accepted that a part of an instance might be missing, so less than half of one does
 * not call for target tracking's headroom; see `lastingNeed` for what it calls for.
 */
const ACCEPTED_SHARE = 0.5;

/** Whether more was used than what is in service may hold, by more than the decision accepted. */
function isBreached(
  used: number,
  against: {
    readonly decision: UsedAllocation;
    readonly resource: Resource;
    readonly overThreshold: number;
  },
): boolean {
  const { decision, resource, overThreshold } = against;
  const { instances, instanceCapacity } = decision.reason;
  const accepted = instances ? ACCEPTED_SHARE * (instanceCapacity?.[resource] ?? 0) : 0;
  const held = inForce(decision, resource) ?? 0;
  return used > 0 && used > held * overThreshold && used - held * overThreshold >= accepted;
}

/** What could be used: what is in service, where a decision says it, else what was allocated. */
export function inForce(
  { allocated, serving, reason }: UsedAllocation,
  resource: Resource,
): number | null {
  // Defaults are amounts, not a number of instances.
  if (reason.source === 'default') return allocated[resource];
  return serving?.[resource] ?? allocated[resource];
}

/** Use of something of which nothing was allocated counts as an infinite share. */
function usedShare(used: number | null, allocated: number | null): number | null {
  if (used === null || allocated === null) return null;
  if (allocated <= 0) return used > 0 ? Infinity : 0;
  return used / allocated;
}
