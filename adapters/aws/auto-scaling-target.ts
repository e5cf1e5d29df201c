import { SetDesiredCapacityCommand, type AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  completeLifecycleAction,
  type LifecycleAction,
  type LifecycleOutcome,
} from './auto-scaling/complete-lifecycle-action.ts';
import { describeGroup, findGroup, groupOf, type Group } from './auto-scaling/find-group.ts';
import { readClaim, type ClaimSource } from './auto-scaling/read-claim.ts';
import { toScalingError } from './auto-scaling/scaling-error.ts';
import { restoreMinimum, setFloor } from './auto-scaling/set-floor.ts';
import {
  clampToLimits,
  scalingState,
  type CapacityOf,
  type FloorTarget,
} from './floors/floor-target.ts';

export interface AutoScalingOptions extends ClaimSource {
  /** Capacity of one instance of a group. */
  readonly capacityOf: CapacityOf;
}

/** What Auto Scaling groups can besides: their instances wait in lifecycle hooks. */
export interface AutoScalingTarget extends FloorTarget {
  completeLifecycleAction(action: LifecycleAction): Promise<LifecycleOutcome>;
}

/**
 * Auto Scaling groups, identified by name. `describe` returns the limits that the owner chose: a
 * floor that Foreprint has set does not count as the minimum of the next decision.
 * @throws ScalingError from its methods.
 */
export function createAutoScalingTarget({
  capacityOf,
  ...source
}: AutoScalingOptions): AutoScalingTarget {
  const { client } = source;
  const stateOf = (applicationId: string, group: Group) =>
    scalingState(applicationId, group, capacityOf);
  return {
    async describe(applicationId) {
      const nowSeconds = source.nowSeconds();
      const [claim, group] = await Promise.all([
        readClaim(source, applicationId),
        describeGroup(client, applicationId),
      ]);
      return stateOf(applicationId, groupOf(group, { claim, nowSeconds }));
    },
    stateOf,
    setDesired: (applicationId, instances, recentGroup) =>
      setDesired(client, { applicationId, instances }, recentGroup),
    setFloor: (applicationId, instances, recentGroup) =>
      setFloor(source, { applicationId, instances }, recentGroup),
    restoreMinimum: (applicationId) => restoreMinimum(source, applicationId),
    completeLifecycleAction: (action) => completeLifecycleAction(client, action),
  };
}

/**
 * Clamps `instances` to the group's current limits. Sends nothing if the group already has that
 * desired capacity.
 */
async function setDesired(
  client: AutoScalingClient,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  recentGroup?: Group,
): Promise<void> {
  if (recentGroup && clampToLimits(recentGroup, instances) === recentGroup.desired) return;
  const group = await findGroup(client, applicationId);
  const desired = clampToLimits(group, instances);
  if (desired === group.desired) return;
  try {
    await client.send(
      new SetDesiredCapacityCommand({
        AutoScalingGroupName: applicationId,
        DesiredCapacity: desired,
        HonorCooldown: false,
      }),
    );
  } catch (cause) {
    throw toScalingError(applicationId, cause);
  }
}
