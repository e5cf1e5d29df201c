import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  describePolicies,
  NO_POLICIES,
  type GroupPolicies,
} from '#adapters/aws/auto-scaling/describe-policies.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { Mode } from '#cdk/configuration/modes.ts';
import { withExpected } from '#cdk/configuration/with-expected.ts';
import { parseTarget, serviceObjective } from '#core/capacity/wanted-utilization.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { EnrolledGroup } from './enrolled-group.ts';
import type { ScalingClients } from './list-enrolled.ts';

/** Policies of a group by its name. */
export type PoliciesOf = (applicationId: string) => Promise<GroupPolicies>;

/**
 * Reads the policies of all groups once, when the first of a run is asked for, and of all services
 * when the first of them is.
 */
export function policiesOnce({ client, call }: ScalingClients): PoliciesOf {
  let ofGroups: ReturnType<typeof describePolicies> | undefined;
  let ofServices: ReturnType<typeof describePolicies> | undefined;
  return async (applicationId) => {
    const read = isServiceId(applicationId)
      ? (ofServices ??= describeServicePolicies(call))
      : (ofGroups ??= describePolicies(client));
    return (await read).get(applicationId) ?? NO_POLICIES;
  };
}

/** Reads the policies of the group that is asked for. */
export function policiesOfOne(client: AutoScalingClient): PoliciesOf {
  return async (applicationId) =>
    (await describePolicies(client, applicationId)).get(applicationId) ?? NO_POLICIES;
}

/**
 * The settings for one group: its CPU may be used up to the share at which it still serves well,
 * counted from what its owner wants. That is the target of its target tracking policy, then its tag
 * `foreprint:target`, then the configured target utilization. Target tracking at that target is what
 * it is held to. Its tags say what it expects besides what is configured.
 */
export function settingsOfGroup(
  settings: Settings,
  { targetTag, expected }: Pick<EnrolledGroup, 'targetTag' | 'expected'>,
  { cpuTarget }: GroupPolicies,
): Settings {
  const { allocation } = settings;
  const { targetUtilization } = allocation;
  const target = cpuTarget ?? parseTarget(targetTag);
  const isConfigured = target === null && targetUtilization.cpu < 1;
  const cpu = isConfigured ? targetUtilization.cpu : serviceObjective(target);
  return {
    ...withExpected(settings, expected?.entries ?? []),
    allocation: {
      ...allocation,
      service: 'alarms',
      policyTarget: target ?? allocation.policyTarget,
      targetUtilization: { ...targetUtilization, cpu },
    },
  };
}

/**
 * The mode in which a group is steered: `full` and a dynamic policy of its own would undo each
 * other's changes, so such a group gets a floor only, unless its owner insists.
 */
export function effectiveMode(
  { mode, isForced }: Pick<EnrolledGroup, 'mode' | 'isForced'>,
  { dynamic }: GroupPolicies,
): Mode {
  return mode === 'full' && dynamic.length > 0 && !isForced ? 'scale-out' : mode;
}
