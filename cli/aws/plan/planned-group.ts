import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { policiesOf } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { describeInstanceTypes } from '#adapters/aws/instance-types/describe-instance-types.ts';
import { meanCapacity } from '#adapters/aws/instance-types/mean-capacity.ts';
import {
  parseExpectTags,
  type TaggedExpectations,
  type WrittenEntry,
} from '#cdk/configuration/expect-tags.ts';
import { TARGET_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { NamedGroup } from '#cli/aws/account/find-groups.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { parseTarget } from '#core/capacity/wanted-utilization.ts';
import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { SimulatedType } from '#evaluation/account/account-instance.ts';
import { NO_SCALING, readOwnScaling, type OwnScaling } from './own-scaling.ts';

/** Present state of a group. */
export interface PlannedGroup {
  readonly name: string;
  readonly applicationType: string | null;
  /** Types of its running instances; empty if none runs. */
  readonly instanceTypes: readonly string[];
  /** Cores and weight of every running instance whose type EC2 knows. */
  readonly types: readonly SimulatedType[];
  /** Mean capacity of one unit of the group's sizes; null if no instance runs. */
  readonly instanceCapacity: Footprint | null;
  /** Mean capacity of one instance, whatever it weighs; null if none runs. */
  readonly meteredCapacity: Footprint | null;
  /** The group's limits in units; its minimum may be one that Foreprint raised. */
  readonly limits: CapacityLimits;
  readonly inService: number;
  /** Names of its own dynamic scaling policies. */
  readonly ownPolicies: readonly string[];
  /** Share of CPU that its owner wants used, by its policies or its tag; null where none says. */
  readonly cpuTarget: number | null;
  readonly scaling: OwnScaling;
}

export interface PlannedGroups {
  readonly groups: readonly PlannedGroup[];
  /** What the groups' tags say of use to come. */
  readonly expected: readonly WrittenEntry[];
  /** What could not be read. */
  readonly notices: readonly string[];
}

/** Adds the capacity of their instances and what scales them to groups. */
export async function plannedGroups(
  account: AwsAccount,
  groups: readonly NamedGroup[],
): Promise<PlannedGroups> {
  const types = [...new Set(groups.flatMap(instanceTypesOf))];
  const capacities =
    types.length === 0
      ? new Map<string, Footprint>()
      : await describeInstanceTypes(ec2EndpointOf(account), types);
  const { scaling, notices } = await readOwnScaling(account, groups);
  const planned = groups.map((group) => {
    const name = group.AutoScalingGroupName;
    return plannedGroup(group, capacities, scaling.get(name) ?? NO_SCALING);
  });
  const tagged = groups.map(({ AutoScalingGroupName: name, Tags: tags = [] }) =>
    parseExpectTags(
      tags.map(({ Key = '', Value = '' }) => [Key, Value]),
      name,
    ),
  );
  return { groups: planned, ...withTagged(tagged, notices) };
}

/** What the tags of all groups say; what cannot be read is said besides, and left out. */
export function withTagged(
  tagged: readonly TaggedExpectations[],
  notices: readonly string[],
): Omit<PlannedGroups, 'groups'> {
  const faults = tagged.flatMap((one) => one.faults.map((fault) => `${fault}; left out`));
  return { expected: tagged.flatMap(({ entries }) => entries), notices: [...notices, ...faults] };
}

function plannedGroup(
  group: NamedGroup,
  capacities: ReadonlyMap<string, Footprint>,
  scaling: OwnScaling,
): PlannedGroup {
  const weighed = (group.Instances ?? []).flatMap((instance) => {
    const { InstanceType: type = '' } = instance;
    const capacity = capacities.get(type);
    return capacity === undefined ? [] : [{ type, capacity, weight: weightOf(instance) }];
  });
  const alike = weighed.map((one) => ({ ...one, weight: 1 }));
  const tag = (key: string) => group.Tags?.find(({ Key }) => Key === key)?.Value;
  const minInstances = group.MinSize ?? 0;
  const { cpuTarget, dynamic } = policiesOf(scaling.described);
  return {
    name: group.AutoScalingGroupName,
    applicationType: tag(TYPE_TAG) || null,
    instanceTypes: instanceTypesOf(group),
    types: weighed.flatMap(({ type, capacity: { cpu }, weight }) =>
      cpu === null ? [] : [{ name: type, cores: cpu, weight }],
    ),
    instanceCapacity: weighed.length === 0 ? null : meanCapacity(weighed),
    meteredCapacity: weighed.length === 0 ? null : meanCapacity(alike),
    limits: { minInstances, maxInstances: group.MaxSize ?? minInstances },
    inService: inServiceOf(group),
    ownPolicies: dynamic,
    cpuTarget: cpuTarget ?? parseTarget(tag(TARGET_TAG)),
    scaling,
  };
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
