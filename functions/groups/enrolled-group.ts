import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { groupOf, type Group, type KnownMinimum } from '#adapters/aws/auto-scaling/find-group.ts';
import { foreignOwner } from '#adapters/aws/auto-scaling/foreign-owner.ts';
import type { DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { parseExpectTags, type TaggedExpectations } from '#cdk/configuration/expect-tags.ts';
import {
  FORCE_TAG,
  MEMORY_TAG,
  METRICS_TAG,
  MODE_TAG,
  MONITORING_TAG,
  TARGET_TAG,
  TYPE_TAG,
} from '#cdk/configuration/group-tags.ts';
import { modeNamed, type Mode } from '#cdk/configuration/modes.ts';
import { groupMetering, type Metering } from './group-metering.ts';

/** A group or a service that carries the enrolment tag. */
export interface EnrolledGroup {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly mode: Mode;
  /** The group as it was when it was listed. */
  readonly known: Group;
  readonly metering: Metering;
  /** Types of the instances it runs; of a service the definitions of its tasks. */
  readonly instanceTypes: readonly string[];
  /** Whether its launches may be Spot: it has a mixed instances policy. */
  readonly isMixed?: boolean;
  /** What its tag says of the utilization that its owner wants. */
  readonly targetTag?: string | undefined;
  /** Whether its owner insists on `full` beside a dynamic policy. */
  readonly isForced?: boolean;
  /** What its tags say of use to come. */
  readonly expected?: TaggedExpectations;
}

/**
 * What a group's tags say; null for a group that is not enrolled, about to be deleted, or sized by
 * another system. A mode that nobody knows is a typing mistake and only observed.
 * @param defaultMode for a tag without value.
 * @param known without it the group's minimum counts as its owner's.
 */
export function enrolledGroup(
  group: AutoScalingGroup,
  defaultMode: Mode,
  known?: KnownMinimum,
): EnrolledGroup | null {
  const tag = (key: string) => group.Tags?.find(({ Key }) => Key === key)?.Value;
  const said = tag(MODE_TAG);
  if (said === undefined || group.AutoScalingGroupName === undefined) return null;
  if (group.Status !== undefined || foreignOwner(group) !== null) return null;
  const mode = said === '' ? defaultMode : (modeNamed(said) ?? 'observe');
  return {
    applicationId: group.AutoScalingGroupName,
    applicationType: tag(TYPE_TAG) || null,
    mode,
    known: groupOf(group, known),
    metering: groupMetering(tag(METRICS_TAG), tag(MONITORING_TAG), tag(MEMORY_TAG)),
    isMixed: group.MixedInstancesPolicy !== undefined,
    targetTag: tag(TARGET_TAG),
    isForced: tag(FORCE_TAG) !== undefined,
    expected: parseExpectTags(
      (group.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const),
      group.AutoScalingGroupName,
    ),
    instanceTypes: [
      ...new Set((group.Instances ?? []).flatMap(({ InstanceType }) => InstanceType ?? [])),
    ],
  };
}

/**
 * The same of a service, whose tasks are its instances; null also without a scalable target, which
 * holds its owner's limits, and for a service with one task on each host.
 */
export function enrolledService(
  service: DescribedService,
  defaultMode: Mode,
  known?: KnownMinimum,
): EnrolledGroup | null {
  if (service.limits === null || !service.isReplica) return null;
  const enrolled = enrolledGroup(serviceAsGroup(service), defaultMode, known);
  if (enrolled === null) return null;
  const metering = { ...enrolled.metering, monitoringSeconds: service.sampleSeconds };
  return { ...enrolled, metering };
}
