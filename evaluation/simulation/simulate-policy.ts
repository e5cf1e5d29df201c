import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { BaselineSteering } from '#evaluation/baselines/baseline.ts';
import { createSimulatedGroup } from './simulated-group.ts';

export interface SimulationOptions {
  readonly limits: CapacityLimits;
  readonly warmUpSteps: number;
  readonly initial: number;
  /** First and one past the last simulated step. */
  readonly fromStep: number;
  readonly toStep: number;
}

export interface SimulatedRun {
  /** Instances in service per step, 0 before `fromStep`. */
  readonly inService: Float64Array;
  readonly actions: number;
}

/**
 * Lets a policy that reads nothing but demand steer a group from step to step.
 * @param wanted instances the policy wants at the start of a step, asked in the order of the steps.
 */
export function simulatePolicy(wanted: BaselineSteering, options: SimulationOptions): SimulatedRun {
  const group = createSimulatedGroup(options);
  const inService = new Float64Array(options.toStep);
  for (let step = options.fromStep; step < options.toStep; step++) {
    group.advanceTo(step);
    const instances = wanted(step, group);
    if (instances !== null) group.setDesired(instances, step);
    inService[step] = group.inService;
  }
  return { inService, actions: group.actions };
}
