import {
  addElasticity,
  elasticityShares,
  elasticSpeedup,
  NO_ELASTICITY,
  sumElasticity,
  type ElasticitySums,
} from '#evaluation/service/elasticity.ts';
import type { FrontierPoint, PolicySummary } from './replay-result.ts';

/** Running sums of one policy on one or many applications; demand and capacity in instances. */
export interface PolicyTally {
  readonly steps: number;
  readonly shortSteps: number;
  /** Instances in service summed over steps. */
  readonly capacity: number;
  readonly demand: number;
  /** Demand above the share of the capacity that serves well, and demand within all of it. */
  readonly unserved: number;
  readonly used: number;
  readonly actions: number;
  readonly elasticity: ElasticitySums;
}

export const EMPTY_TALLY: PolicyTally = {
  steps: 0,
  shortSteps: 0,
  capacity: 0,
  demand: 0,
  unserved: 0,
  used: 0,
  actions: 0,
  elasticity: NO_ELASTICITY,
};

/** Demand that a hair of rounding leaves above the capacity is not a shortage. */
const SHORTAGE_EPSILON = 1e-9;

/**
 * What a policy did, counted over the evaluated steps in which anything was measured.
 * @param demand need in instances per step, NaN where not measured.
 * @param inService instances in service per step.
 * @param options the objective is the share of the capacity in service that serves well.
 */
export function tallyPolicy(
  demand: Float64Array,
  inService: Float64Array,
  options: { readonly fromStep: number; readonly actions: number; readonly objective: number },
): PolicyTally {
  const { fromStep, actions, objective } = options;
  let [steps, shortSteps, capacity, total, unserved, used] = [0, 0, 0, 0, 0, 0];
  for (let step = fromStep; step < demand.length; step++) {
    const need = demand[step];
    if (Number.isNaN(need)) continue;
    const lacking = Math.max(0, need - objective * inService[step]);
    steps++;
    if (lacking > SHORTAGE_EPSILON) shortSteps++;
    capacity += inService[step];
    total += need;
    unserved += lacking;
    used += Math.min(need, inService[step]);
  }
  const elasticity = sumElasticity(demand, inService, options);
  return { steps, shortSteps, capacity, demand: total, unserved, used, actions, elasticity };
}

/** The sum of two tallies. */
export function addTallies(a: PolicyTally, b: PolicyTally): PolicyTally {
  return {
    steps: a.steps + b.steps,
    shortSteps: a.shortSteps + b.shortSteps,
    capacity: a.capacity + b.capacity,
    demand: a.demand + b.demand,
    unserved: a.unserved + b.unserved,
    used: a.used + b.used,
    actions: a.actions + b.actions,
    elasticity: addElasticity(a.elasticity, b.elasticity),
  };
}

/**
 * The figures of one policy; shares of nothing are 0.
 * @param reference tally of the policy that the elastic speedup compares with; null without one.
 */
export function summarizeTally(
  name: string,
  tally: PolicyTally,
  {
    stepSeconds,
    reference,
  }: { readonly stepSeconds: number; readonly reference: PolicyTally | null },
): PolicySummary {
  const shares = elasticityShares(tally.elasticity, tally.steps);
  const speedup =
    reference && elasticSpeedup(shares, elasticityShares(reference.elasticity, reference.steps));
  return {
    name,
    instanceHours: instanceHours(tally, stepSeconds),
    unservedDemand: share(tally.unserved, tally.demand),
    unservedHours: (tally.unserved * stepSeconds) / 3600,
    shortSteps: share(tally.shortSteps, tally.steps),
    scalingActions: tally.actions,
    meanUtilization: share(tally.used, tally.capacity),
    elasticity: { ...shares, speedup },
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
