import {
  paginateDescribePolicies,
  type AutoScalingClient,
  type ScalingPolicy,
} from '@aws-sdk/client-auto-scaling';

/**
 * Enabled scaling policies of one group, or of every group of this account and region, by the
 * group's name. Groups without one are absent.
 * @throws whatever the SDK throws.
 */
export async function listPolicies(
  client: AutoScalingClient,
  group?: string,
): Promise<ReadonlyMap<string, readonly ScalingPolicy[]>> {
  const policies = new Map<string, ScalingPolicy[]>();
  const query = { MaxRecords: 100, ...(group !== undefined && { AutoScalingGroupName: group }) };
  for await (const page of paginateDescribePolicies({ client }, query)) {
    for (const policy of page.ScalingPolicies ?? []) {
      const name = policy.AutoScalingGroupName;
      if (name === undefined || policy.Enabled === false) continue;
      policies.set(name, [...(policies.get(name) ?? []), policy]);
    }
  }
  return policies;
}
