import {
  paginateDescribeAutoScalingGroups,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';

/** Every group that carries a tag, whatever its value. One call returns 100 groups. */
export async function listTagged(
  client: AutoScalingClient,
  tag: string,
): Promise<readonly AutoScalingGroup[]> {
  const groups: AutoScalingGroup[] = [];
  const query = { Filters: [{ Name: 'tag-key', Values: [tag] }], MaxRecords: 100 };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, query)) {
    groups.push(...(page.AutoScalingGroups ?? []));
  }
  return groups;
}
