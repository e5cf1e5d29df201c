import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { BaselineSteering } from '#evaluation/baselines/baseline.ts';
import { createSimulatedGroup } from './simulated-group.ts';

export interface SimulationOptions {
  readonly limits: CapacityLimits;
  readonly warmUpSteps: number;
  readonly initial: number;
  /** First simulated step, and one past the last. */
  readonly fromStep: number;
  readonly toStep: number;
}

/** What happens in a simulated step after the policy has decided. */
export type AfterStep = (step: number, inService: number) => void;

export interface SimulatedRun {
  /** Instances in service per step; 0 before `fromStep`. */
  readonly inService: Float64Array;
  readonly actions: number;
}

/**
 * Simulates a group of instances under a policy that reads only demand.
 * @param steering gives the desired number of instances at the start of a step. It is called for
 * every step in order.
 */
export function simulatePolicy(
  steering: BaselineSteering,
  options: SimulationOptions,
  afterStep?: AfterStep,
): SimulatedRun {
  const group = createSimulatedGroup(options);
  const inService = new Float64Array(options.toStep);
  for (let step = options.fromStep; step < options.toStep; step++) {
    group.advanceTo(step);
    const instances = steering(step, group);
    if (instances !== null) group.setDesired(instances, step);
    inService[step] = group.inService;
    afterStep?.(step, group.inService);
  }
  return { inService, actions: group.actions };
}
