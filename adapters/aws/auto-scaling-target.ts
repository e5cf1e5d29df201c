import {
  SetDesiredCapacityCommand,
  type AutoScalingClient,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import type { Footprint } from '#core/domain/footprint.ts';
import type { ScalingState, ScalingTarget } from '#core/domain/ports.ts';
import {
  completeLifecycleAction,
  type LifecycleAction,
  type LifecycleOutcome,
} from './auto-scaling/complete-lifecycle-action.ts';
import { describeGroup, findGroup, groupOf, type Group } from './auto-scaling/find-group.ts';
import { readClaim, type ClaimSource } from './auto-scaling/read-claim.ts';
import { toScalingError } from './auto-scaling/scaling-error.ts';
import { restoreMinimum, setFloor, type FloorChange } from './auto-scaling/set-floor.ts';
import { weightOf } from './auto-scaling/weight-of.ts';

export interface AutoScalingOptions extends ClaimSource {
  /**
   * Capacity of one instance of the group. `instanceTypes` is empty while the group runs no
   * instance.
   */
  readonly capacityOf: (
    applicationId: string,
    instanceTypes: readonly string[],
    /** The instances themselves, to weigh their types. */
    instances?: readonly Instance[],
  ) => Promise<Footprint>;
}

/** Operations of Auto Scaling beyond the core's ScalingTarget port. */
export interface AutoScalingTarget extends ScalingTarget {
  /** Same result as `describe`, for a group that was already read. */
  stateOf(applicationId: string, group: Group): Promise<ScalingState>;
  /** As in the port. If `recentGroup` already has the desired size, the group is not read again. */
  setDesired(applicationId: string, instances: number, recentGroup?: Group): Promise<void>;
  setFloor(applicationId: string, instances: number, recentGroup?: Group): Promise<FloorChange>;
  restoreMinimum(applicationId: string): Promise<FloorChange>;
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
  const stateOf = async (applicationId: string, group: Group): Promise<ScalingState> => {
    // In units, as the sizes are.
    const state = (prefix: string) =>
      group.instances
        .filter((i) => i.LifecycleState?.startsWith(prefix))
        .reduce((sum, instance) => sum + weightOf(instance), 0);
    return {
      desiredInstances: group.desired,
      inServiceInstances: state('InService'),
      pendingInstances: state('Pending'),
      limits: { minInstances: group.ownMinimum, maxInstances: group.maxSize },
      instanceCapacity: await capacityOf(applicationId, typesOf(group.instances), group.instances),
    };
  };
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
  if (!(instances >= 0)) throw new RangeError(`instances must not be negative: ${instances}`);
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

function clampToLimits({ minSize, maxSize }: Group, instances: number): number {
  return Math.max(minSize, Math.min(Math.ceil(instances), maxSize));
}

function typesOf(instances: readonly Instance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))].sort();
}
