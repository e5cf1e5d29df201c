import {
  SetDesiredCapacityCommand,
  type AutoScalingClient,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import type { Footprint } from '#core/footprint.ts';
import type { ScalingTarget } from '#core/ports.ts';
import {
  completeLifecycleAction,
  type LifecycleAction,
  type LifecycleOutcome,
} from './auto-scaling/complete-lifecycle-action.ts';
import { findGroup } from './auto-scaling/find-group.ts';
import { toScalingError } from './auto-scaling/scaling-error.ts';
import { restoreMinimum, setFloor, type FloorChange } from './auto-scaling/set-floor.ts';

export interface AutoScalingOptions {
  readonly client: AutoScalingClient;
  /** What one instance of a group gives, from the instance types that it runs (none where it runs no instance). */
  readonly capacityOf: (
    applicationId: string,
    instanceTypes: readonly string[],
  ) => Promise<Footprint>;
}

/** What Auto Scaling can do beyond what the core asks of every target. */
export interface AutoScalingTarget extends ScalingTarget {
  setFloor(applicationId: string, instances: number): Promise<FloorChange>;
  restoreMinimum(applicationId: string): Promise<FloorChange>;
  completeLifecycleAction(action: LifecycleAction): Promise<LifecycleOutcome>;
}

/**
 * Auto Scaling groups, known by their names. The limits that `describe` gives are the owner's own: a floor that was
 * set here does not count as the minimum of the next decision.
 * @throws ScalingError from its methods.
 */
export function createAutoScalingTarget({
  client,
  capacityOf,
}: AutoScalingOptions): AutoScalingTarget {
  return {
    async describe(applicationId) {
      const group = await findGroup(client, applicationId);
      const state = (prefix: string) =>
        group.instances.filter((i) => i.LifecycleState?.startsWith(prefix)).length;
      return {
        desiredInstances: group.desired,
        inServiceInstances: state('InService'),
        pendingInstances: state('Pending'),
        limits: { minInstances: group.ownMinimum, maxInstances: group.maxSize },
        instanceCapacity: await capacityOf(applicationId, typesOf(group.instances)),
      };
    },

    setDesired: (applicationId, instances) => setDesired(client, applicationId, instances),
    setFloor: (applicationId, instances) => setFloor(client, applicationId, instances),
    restoreMinimum: (applicationId) => restoreMinimum(client, applicationId),
    completeLifecycleAction: (action) => completeLifecycleAction(client, action),
  };
}

/** Within the group's limits of this moment, whatever was asked for; nothing where it is desired already. */
async function setDesired(
  client: AutoScalingClient,
  applicationId: string,
  instances: number,
): Promise<void> {
  if (!(instances >= 0)) throw new RangeError(`instances must not be negative: ${instances}`);
  const { minSize, maxSize, desired } = await findGroup(client, applicationId);
  const wanted = Math.max(minSize, Math.min(Math.ceil(instances), maxSize));
  if (wanted === desired) return;
  try {
    await client.send(
      new SetDesiredCapacityCommand({
        AutoScalingGroupName: applicationId,
        DesiredCapacity: wanted,
        HonorCooldown: false,
      }),
    );
  } catch (cause) {
    throw toScalingError(applicationId, cause);
  }
}

function typesOf(instances: readonly Instance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))].sort();
}
