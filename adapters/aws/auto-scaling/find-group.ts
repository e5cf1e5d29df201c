import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { FLOOR_TAG, ownMinimum, parseFloor, type Floor } from './floor-tag.ts';
import { ScalingError, toScalingError } from './scaling-error.ts';

/** State of a group as one DescribeAutoScalingGroups call returns it. */
export interface Group {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
  readonly instances: readonly Instance[];
  readonly floor: Floor | null;
  /** True if the group carries the floor tag, even if its value cannot be parsed. */
  readonly hasFloorTag: boolean;
  /** The minimum that the owner chose, whatever minimum the group has now. */
  readonly ownMinimum: number;
}

/**
 * Reads one group by its name.
 * @throws ScalingError with fault `missing` if the group was deleted or is being deleted.
 */
export async function findGroup(client: AutoScalingClient, name: string): Promise<Group> {
  const group = await describeOne(client, name);
  // Auto Scaling sets a status only while it deletes the group.
  if (!group || group.Status !== undefined) throw new ScalingError(name, 'missing');
  return groupOf(group);
}

/** Converts an SDK group to a Group. */
export function groupOf(group: AutoScalingGroup): Group {
  const tag = group.Tags?.find(({ Key }) => Key === FLOOR_TAG);
  const floor = parseFloor(tag?.Value);
  const minSize = group.MinSize ?? 0;
  return {
    minSize,
    maxSize: group.MaxSize ?? minSize,
    desired: group.DesiredCapacity ?? minSize,
    instances: group.Instances ?? [],
    floor,
    hasFloorTag: tag !== undefined,
    ownMinimum: ownMinimum(minSize, floor),
  };
}

async function describeOne(
  client: AutoScalingClient,
  name: string,
): Promise<AutoScalingGroup | undefined> {
  try {
    const { AutoScalingGroups: groups = [] } = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
    );
    return groups.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name);
  } catch (cause) {
    throw toScalingError(name, cause);
  }
}
