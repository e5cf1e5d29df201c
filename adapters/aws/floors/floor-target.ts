import type { Instance } from '@aws-sdk/client-auto-scaling';
import type { FloorChange } from '#adapters/aws/auto-scaling/change-floor.ts';
import type { Group } from '#adapters/aws/auto-scaling/find-group.ts';
import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { ScalingState, ScalingTarget } from '#core/domain/ports.ts';

/** What deployments need of scaling beyond the core's port, alike for groups and for services. */
export interface FloorTarget extends ScalingTarget {
  /** Same result as `describe`, for an application that was already read. */
  stateOf(applicationId: string, group: Group): Promise<ScalingState>;
  /** As in the port. If `recentGroup` already has the desired size, it is not read again. */
  setDesired(applicationId: string, instances: number, recentGroup?: Group): Promise<void>;
  /** See `changeFloor`. */
  setFloor(applicationId: string, instances: number, recentGroup?: Group): Promise<FloorChange>;
  /** See `giveBackMinimum`. */
  restoreMinimum(applicationId: string): Promise<FloorChange>;
}

/** Capacity of one instance. `instanceTypes` is empty while the application runs none. */
export type CapacityOf = (
  applicationId: string,
  instanceTypes: readonly string[],
  /** The instances themselves, to weigh their types. */
  instances?: readonly Instance[],
) => Promise<Footprint>;

/** The core's state of a group: the minimum is the owner's, sizes are in units. */
export async function scalingState(
  applicationId: string,
  group: Group,
  capacityOf: CapacityOf,
): Promise<ScalingState> {
  const units = (prefix: string) =>
    group.instances
      .filter((i) => i.LifecycleState?.startsWith(prefix))
      .reduce((sum, instance) => sum + weightOf(instance), 0);
  return {
    desiredInstances: group.desired,
    inServiceInstances: units('InService'),
    pendingInstances: units('Pending'),
    limits: { minInstances: group.ownMinimum, maxInstances: group.maxSize },
    instanceCapacity: await capacityOf(applicationId, typesOf(group.instances), group.instances),
  };
}

/** Whole instances within the limits that a group has now. */
export function clampToLimits(
  { minSize, maxSize }: Pick<Group, 'minSize' | 'maxSize'>,
  instances: number,
): number {
  if (!(instances >= 0)) throw new RangeError(`instances must not be negative: ${instances}`);
  return Math.max(minSize, Math.min(Math.ceil(instances), maxSize));
}

function typesOf(instances: readonly Instance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))].sort();
}
