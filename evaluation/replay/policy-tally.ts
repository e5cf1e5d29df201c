import type { FrontierPoint, PolicySummary } from './replay-result.ts';

/** Running sums of one policy on one or many applications; demand and capacity in instances. */
export interface PolicyTally {
  readonly steps: number;
  readonly shortSteps: number;
  /** Instances in service summed over steps. */
  readonly capacity: number;
  readonly demand: number;
  readonly unserved: number;
  readonly actions: number;
}

export const EMPTY_TALLY: PolicyTally = {
  steps: 0,
  shortSteps: 0,
  capacity: 0,
  demand: 0,
  unserved: 0,
  actions: 0,
};

/** Demand that a hair of rounding leaves above the capacity is not a shortage. */
const SHORTAGE_EPSILON = 1e-9;

/**
 * What a policy did, counted over the evaluated steps in which anything was measured.
 * @param demand need in instances per step, NaN where not measured.
 * @param inService instances in service per step.
 */
export function tallyPolicy(
  demand: Float64Array,
  inService: Float64Array,
  { fromStep, actions }: { readonly fromStep: number; readonly actions: number },
): PolicyTally {
  let [steps, shortSteps, capacity, total, unserved] = [0, 0, 0, 0, 0];
  for (let step = fromStep; step < demand.length; step++) {
    const need = demand[step];
    if (Number.isNaN(need)) continue;
    const lacking = Math.max(0, need - inService[step]);
    steps++;
    if (lacking > SHORTAGE_EPSILON) shortSteps++;
    capacity += inService[step];
    total += need;
    unserved += lacking;
  }
  return { steps, shortSteps, capacity, demand: total, unserved, actions };
}

/** The sum of two tallies. */
export function addTallies(a: PolicyTally, b: PolicyTally): PolicyTally {
  return {
    steps: a.steps + b.steps,
    shortSteps: a.shortSteps + b.shortSteps,
    capacity: a.capacity + b.capacity,
    demand: a.demand + b.demand,
    unserved: a.unserved + b.unserved,
    actions: a.actions + b.actions,
  };
}

/** The figures of contracts.md for one policy; shares of nothing are 0. */
export function summarizeTally(
  name: string,
  tally: PolicyTally,
  stepSeconds: number,
): PolicySummary {
  return {
    name,
    instanceHours: instanceHours(tally, stepSeconds),
    unservedDemand: share(tally.unserved, tally.demand),
    shortSteps: share(tally.shortSteps, tally.steps),
    scalingActions: tally.actions,
    meanUtilization: share(tally.demand - tally.unserved, tally.capacity),
  };
}

/** One point of a policy's cost–shortage frontier. */
export function frontierPoint(
  { policy, knob }: { readonly policy: string; readonly knob: number },
  tally: PolicyTally,
  stepSeconds: number,
): FrontierPoint {
  return {
    policy,
    knob,
    instanceHours: instanceHours(tally, stepSeconds),
    unservedDemand: share(tally.unserved, tally.demand),
  };
}

function instanceHours(tally: PolicyTally, stepSeconds: number): number {
  return (tally.capacity * stepSeconds) / 3600;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
