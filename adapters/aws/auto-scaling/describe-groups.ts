import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';

/** Names that one call may ask for. */
const CALL_NAMES = 50;

/**
 * Groups by their names; a group that does not exist or is being deleted is absent.
 * @throws what the SDK throws.
 */
export async function describeGroups(
  client: AutoScalingClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, AutoScalingGroup>> {
  const found = new Map<string, AutoScalingGroup>();
  for (let at = 0; at < names.length; at += CALL_NAMES) {
    const AutoScalingGroupNames = names.slice(at, at + CALL_NAMES);
    const answer = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames }),
    );
    for (const group of answer.AutoScalingGroups ?? []) {
      const { AutoScalingGroupName: name = '', Status } = group;
      // A status is only there while the group is being deleted.
      if (Status === undefined) found.set(name, group);
    }
  }
  return found;
}
