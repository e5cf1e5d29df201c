import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { allocate, type AllocationPorts } from '#core/allocate/allocate.ts';
import type { Settings } from '#core/settings.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { applyDecision, type Application } from './apply-decision.ts';

export interface GroupPorts extends Omit<AllocationPorts, 'target'> {
  readonly target: AutoScalingTarget;
}

/** Decides for one group as of `nowSeconds`, logs the decision and applies what the group's mode allows. */
export async function allocateGroup(
  ports: GroupPorts,
  group: EnrolledGroup,
  nowSeconds: number,
  settings: Settings,
): Promise<Application> {
  const { applicationId, applicationType } = group;
  // The core sets a desired capacity; how a decision is applied here depends on the mode.
  const target = { describe: ports.target.describe, setDesired: async () => {} };
  const request = { applicationId, applicationType, requested: null, nowSeconds };
  const decision = await allocate({ ...ports, target }, request, settings);
  return applyDecision(ports.target, group, decision);
}
