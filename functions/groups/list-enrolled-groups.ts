import {
  paginateDescribeAutoScalingGroups,
  type AutoScalingClient,
  type DescribeAutoScalingGroupsCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { NO_CLAIM, type MinimumClaim } from '#adapters/aws/auto-scaling/floor-record.ts';
import { readClaim, type ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { enrolledGroup, type EnrolledGroup } from './enrolled-group.ts';

/** What is known of the groups' minimums, by group, and when. */
export interface KnownMinimums {
  readonly claims: ReadonlyMap<string, MinimumClaim>;
  readonly nowSeconds: number;
}

/**
 * Every enrolled group of this account and region that the configuration lets in; 100 per round
 * trip.
 * @param minimums without them every group's minimum counts as its owner's.
 */
export async function listEnrolledGroups(
  client: AutoScalingClient,
  { mode, groups }: Pick<FunctionConfiguration, 'mode' | 'groups'>,
  minimums?: KnownMinimums,
): Promise<readonly EnrolledGroup[]> {
  const enrolled: EnrolledGroup[] = [];
  const query: DescribeAutoScalingGroupsCommandInput = {
    Filters: [{ Name: 'tag-key', Values: [MODE_TAG] }],
    MaxRecords: 100,
  };
  for await (const page of paginateDescribeAutoScalingGroups({ client }, query)) {
    for (const group of page.AutoScalingGroups ?? []) {
      const claim = minimums?.claims.get(group.AutoScalingGroupName ?? '') ?? NO_CLAIM;
      const known = minimums && { claim, nowSeconds: minimums.nowSeconds };
      const found = enrolledGroup(group, mode, known);
      const isIn = found && (groups.length === 0 || groups.includes(found.applicationId));
      // A group that has the name of a service would be taken for it.
      if (isIn && !isServiceId(found.applicationId)) enrolled.push(found);
    }
  }
  return enrolled;
}

/**
 * One group by name; null when it is gone, not enrolled or not let in.
 * @param source without it the group's minimum counts as its owner's.
 */
export async function findEnrolledGroup(
  client: AutoScalingClient,
  name: string,
  { mode, groups }: Pick<FunctionConfiguration, 'mode' | 'groups'>,
  source?: ClaimSource,
): Promise<EnrolledGroup | null> {
  if (groups.length > 0 && !groups.includes(name)) return null;
  const nowSeconds = source?.nowSeconds() ?? 0;
  const [claim, described] = await Promise.all([
    source && readClaim(source, name),
    describeGroups(client, [name]),
  ]);
  const group = described.get(name);
  return group ? enrolledGroup(group, mode, claim && { claim, nowSeconds }) : null;
}
