import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';

/** Most names that one call accepts. */
const CALL_NAMES = 50;

/**
 * Groups by name. Groups that do not exist or are being deleted are absent.
 * @throws whatever the SDK throws.
 */
export async function describeGroups(
  client: AutoScalingClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, AutoScalingGroup>> {
  const groups = new Map<string, AutoScalingGroup>();
  for (let at = 0; at < names.length; at += CALL_NAMES) {
    const AutoScalingGroupNames = names.slice(at, at + CALL_NAMES);
    const answer = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames }),
    );
    for (const group of answer.AutoScalingGroups ?? []) {
      const { AutoScalingGroupName: name = '', Status } = group;
      // Auto Scaling sets a status only while it deletes the group.
      if (Status === undefined) groups.set(name, group);
    }
  }
  return groups;
}
