import {
  paginateDescribeAutoScalingGroups,
  type AutoScalingClient,
  type DescribeAutoScalingGroupsCommandInput,
} from '@aws-sdk/client-auto-scaling';
import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { enrolledGroup, type EnrolledGroup } from './enrolled-group.ts';

/**
 * Every enrolled group of this account and region that the configuration lets in; 100 per round
 * trip.
 */
export async function listEnrolledGroups(
  client: AutoScalingClient,
  { mode, groups }: Pick<FunctionConfiguration, 'mode' | 'groups'>,
): Promise<readonly EnrolledGroup[]> {
  const enrolled: EnrolledGroup[] = [];
  const query: DescribeAutoScalingGroupsCommandInput = {
    Filters: [{ Name: 'tag-key', Values: [MODE_TAG] }],
    MaxRecords: 100,
  };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, query)) {
    for (const group of page.AutoScalingGroups ?? []) {
      const found = enrolledGroup(group, mode);
      if (found && (groups.length === 0 || groups.includes(found.applicationId))) {
        enrolled.push(found);
      }
    }
  }
  return enrolled;
}

/** One group by name; null when it is gone, not enrolled or not let in. */
export async function findEnrolledGroup(
  client: AutoScalingClient,
  name: string,
  { mode, groups }: Pick<FunctionConfiguration, 'mode' | 'groups'>,
): Promise<EnrolledGroup | null> {
  if (groups.length > 0 && !groups.includes(name)) return null;
  const query = { AutoScalingGroupNames: [name] };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, query)) {
    const [group] = page.AutoScalingGroups ?? [];
    if (group) return enrolledGroup(group, mode);
  }
  return null;
}
