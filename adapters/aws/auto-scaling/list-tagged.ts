import {
  paginateDescribeAutoScalingGroups,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';

/** Every group that carries a tag, whatever its value; 100 per call. */
export async function listTagged(
  client: AutoScalingClient,
  tag: string,
): Promise<readonly AutoScalingGroup[]> {
  const found: AutoScalingGroup[] = [];
  const query = { Filters: [{ Name: 'tag-key', Values: [tag] }], MaxRecords: 100 };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, query)) {
    found.push(...(page.AutoScalingGroups ?? []));
  }
  return found;
}
