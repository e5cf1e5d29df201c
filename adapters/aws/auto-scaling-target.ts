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
import { findGroup, type Group } from './auto-scaling/find-group.ts';
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
  /** What `describe` says, of a group that was read already. */
  stateOf(applicationId: string, group: Group): Promise<ScalingState>;
  /** As in the port; a group that was read a moment ago is not read again where nothing is to be changed. */
  setDesired(applicationId: string, instances: number, known?: Group): Promise<void>;
  setFloor(applicationId: string, instances: number, known?: Group): Promise<FloorChange>;
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
  const stateOf = async (applicationId: string, group: Group): Promise<ScalingState> => {
    const state = (prefix: string) =>
      group.instances.filter((i) => i.LifecycleState?.startsWith(prefix)).length;
    return {
      desiredInstances: group.desired,
      inServiceInstances: state('InService'),
      pendingInstances: state('Pending'),
      limits: { minInstances: group.ownMinimum, maxInstances: group.maxSize },
      instanceCapacity: await capacityOf(applicationId, typesOf(group.instances)),
    };
  };
  return {
    describe: async (applicationId) =>
      stateOf(applicationId, await findGroup(client, applicationId)),
    stateOf,
    setDesired: (applicationId, instances, known) =>
      setDesired(client, { applicationId, instances }, known),
    setFloor: (applicationId, instances, known) =>
      setFloor(client, { applicationId, instances }, known),
    restoreMinimum: (applicationId) => restoreMinimum(client, applicationId),
    completeLifecycleAction: (action) => completeLifecycleAction(client, action),
  };
}

/** Within the group's limits of this moment, whatever was asked for; nothing where it is desired already. */
async function setDesired(
  client: AutoScalingClient,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  known?: Group,
): Promise<void> {
  if (!(instances >= 0)) throw new RangeError(`instances must not be negative: ${instances}`);
  if (known && wantedOf(known, instances) === known.desired) return;
  const group = await findGroup(client, applicationId);
  const wanted = wantedOf(group, instances);
  if (wanted === group.desired) return;
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

function wantedOf({ minSize, maxSize }: Group, instances: number): number {
  return Math.max(minSize, Math.min(Math.ceil(instances), maxSize));
}

function typesOf(instances: readonly Instance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))].sort();
}
