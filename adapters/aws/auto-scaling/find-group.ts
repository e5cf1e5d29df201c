import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { NO_CLAIM, ownMinimum, type MinimumClaim } from './floor-record.ts';
import { ScalingError, toScalingError } from './scaling-error.ts';

/** State of a group as one DescribeAutoScalingGroups call returns it. */
export interface Group {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
  readonly instances: readonly Instance[];
  /** The minimum that the owner chose, whatever minimum the group has now. */
  readonly ownMinimum: number;
  /** Whether Foreprint raised the minimum, and there is something to give back. */
  readonly hasFloor: boolean;
  /** Whether what is remembered of the owner's minimum is what is known now. */
  readonly isSettled: boolean;
}

/** What is known of a group's minimum, and when. */
export interface KnownMinimum {
  readonly claim: MinimumClaim;
  readonly nowSeconds: number;
}

/**
 * Reads one group by its name; its minimum counts as its owner's.
 * @throws ScalingError with fault `missing` if the group was deleted or is being deleted.
 */
export async function findGroup(client: AutoScalingClient, name: string): Promise<Group> {
  return groupOf(await describeGroup(client, name));
}

/** Converts an SDK group to a Group. */
export function groupOf(
  group: AutoScalingGroup,
  { claim, nowSeconds }: KnownMinimum = { claim: NO_CLAIM, nowSeconds: 0 },
): Group {
  const minSize = group.MinSize ?? 0;
  const { record, due } = claim;
  const own = ownMinimum(minSize, claim, nowSeconds);
  const isRaised = record?.isRaised ?? false;
  return {
    minSize,
    maxSize: group.MaxSize ?? minSize,
    desired: group.DesiredCapacity ?? minSize,
    instances: group.Instances ?? [],
    ownMinimum: own,
    hasFloor: isRaised || own !== minSize,
    isSettled: !isRaised || (record?.own === own && record.due?.atSeconds === due?.atSeconds),
  };
}

/**
 * Reads one group as the SDK has it.
 * @throws ScalingError with fault `missing` if the group was deleted or is being deleted.
 */
export async function describeGroup(
  client: AutoScalingClient,
  name: string,
): Promise<AutoScalingGroup> {
  const group = await describeOne(client, name);
  // Auto Scaling sets a status only while it deletes the group.
  if (!group || group.Status !== undefined) throw new ScalingError(name, 'missing');
  return group;
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
