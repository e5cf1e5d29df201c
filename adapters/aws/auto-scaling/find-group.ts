import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { FLOOR_TAG, ownMinimum, parseFloor, type Floor } from './floor-tag.ts';
import { ScalingError, toScalingError } from './scaling-error.ts';

/** What is known of a group after one call. */
export interface Group {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
  readonly instances: readonly Instance[];
  readonly floor: Floor | null;
  /** Whether it carries our tag, readable or not. */
  readonly hasFloorTag: boolean;
  /** The minimum that the owner chose, whatever the group's minimum is now. */
  readonly ownMinimum: number;
}

/**
 * One group by its name.
 * @throws ScalingError: `missing` if it was deleted, or is being deleted.
 */
export async function findGroup(client: AutoScalingClient, name: string): Promise<Group> {
  const group = await describeOne(client, name);
  // A status is only there while the group is being deleted.
  if (!group || group.Status !== undefined) throw new ScalingError(name, 'missing');
  return groupOf(group);
}

/** What an answer of Auto Scaling says of a group. */
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
    const { AutoScalingGroups: found = [] } = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
    );
    return found.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name);
  } catch (cause) {
    throw toScalingError(name, cause);
  }
}
