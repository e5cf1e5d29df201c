import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describePolicies } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { describeInstanceTypes } from '#adapters/aws/instance-types/describe-instance-types.ts';
import { smallestCapacity } from '#adapters/aws/instance-types/parse-instance-types.ts';
import { TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { NamedGroup } from '#cli/aws/account/find-groups.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { Footprint } from '#core/domain/footprint.ts';

/** Present state of a group. */
export interface PlannedGroup {
  readonly name: string;
  readonly applicationType: string | null;
  /** Types of its running instances; empty if none runs. */
  readonly instanceTypes: readonly string[];
  /** Capacity of one instance; null if none runs. */
  readonly instanceCapacity: Footprint | null;
  /** The group's limits; its minimum may be one that Foreprint raised. */
  readonly limits: CapacityLimits;
  readonly inService: number;
  /** Names of its own dynamic scaling policies. */
  readonly ownPolicies: readonly string[];
}

/** Adds the capacity of their instances and their own policies to groups. */
export async function plannedGroups(
  account: AwsAccount,
  groups: readonly NamedGroup[],
): Promise<readonly PlannedGroup[]> {
  const types = [...new Set(groups.flatMap(instanceTypesOf))];
  const capacities =
    types.length === 0
      ? new Map<string, Footprint>()
      : await describeInstanceTypes(ec2EndpointOf(account), types);
  const policies = await describePolicies(account.autoScaling);
  return groups.map((group) => {
    const instanceTypes = instanceTypesOf(group);
    const typeCapacities = instanceTypes.flatMap((type) => capacities.get(type) ?? []);
    const tag = (key: string) => group.Tags?.find(({ Key }) => Key === key)?.Value;
    const minInstances = group.MinSize ?? 0;
    return {
      name: group.AutoScalingGroupName,
      applicationType: tag(TYPE_TAG) || null,
      instanceTypes,
      instanceCapacity: typeCapacities.length === 0 ? null : smallestCapacity(typeCapacities),
      limits: { minInstances, maxInstances: group.MaxSize ?? minInstances },
      inService: inServiceOf(group),
      ownPolicies: policies.get(group.AutoScalingGroupName)?.dynamic ?? [],
    };
  });
}

/** Instances of a group that are in service now. */
export function inServiceOf({ Instances: instances = [] }: AutoScalingGroup): number {
  return instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length;
}

function instanceTypesOf({ Instances: instances = [] }: AutoScalingGroup): readonly string[] {
  return [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))].sort();
}

function ec2EndpointOf({ region, client }: AwsAccount) {
  const endpoint = process.env['AWS_ENDPOINT_URL_EC2'] ?? process.env['AWS_ENDPOINT_URL'];
  return { region, credentials: client.credentials, endpoint };
}
