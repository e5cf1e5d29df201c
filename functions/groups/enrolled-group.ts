import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { FLOOR_TAG } from '#adapters/aws/auto-scaling/floor-tag.ts';
import { MODES, type Mode } from '#cdk/configuration/configuration-schema.ts';
import { MODE_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';

/** A group that carries the enrolment tag. */
export interface EnrolledGroup {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly mode: Mode;
  /** Whether its minimum is a floor of ours. */
  readonly hasFloor: boolean;
  /** Types of the instances it runs. */
  readonly instanceTypes: readonly string[];
}

/**
 * What a group's tags say; null for a group that is not enrolled or about to be deleted. A mode that nobody knows is a
 * typing mistake and only observed.
 * @param defaultMode for a tag without value.
 */
export function enrolledGroup(group: AutoScalingGroup, defaultMode: Mode): EnrolledGroup | null {
  const tag = (key: string) => group.Tags?.find(({ Key }) => Key === key)?.Value;
  const said = tag(MODE_TAG);
  if (said === undefined || group.AutoScalingGroupName === undefined) return null;
  if (group.Status !== undefined) return null;
  const mode = said === '' ? defaultMode : (MODES.find((known) => known === said) ?? 'observe');
  return {
    applicationId: group.AutoScalingGroupName,
    applicationType: tag(TYPE_TAG) || null,
    mode,
    hasFloor: tag(FLOOR_TAG) !== undefined,
    instanceTypes: [
      ...new Set((group.Instances ?? []).flatMap(({ InstanceType }) => InstanceType ?? [])),
    ],
  };
}
