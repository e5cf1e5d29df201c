import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import {
  describePolicies,
  NO_POLICIES,
  type GroupPolicies,
} from '#adapters/aws/auto-scaling/describe-policies.ts';
import { FORCE_TAG, MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { modeNamed, type Mode } from '#cdk/configuration/modes.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import { policyConflict } from '#cli/aws/enrolment/policy-conflicts.ts';
import { shellWord } from '#core/text/shell-word.ts';
import type { Finding } from './finding.ts';

/**
 * Checks whether the mode of each enrolled group agrees with its own scaling policies, and says
 * which utilization its floor is counted at.
 * @param defaultMode for groups without a mode of their own; undefined where it is not known.
 */
export async function checkPolicies(
  client: AutoScalingClient,
  groups: readonly (readonly [string, AutoScalingGroup])[],
  defaultMode: Mode | undefined,
): Promise<readonly Finding[]> {
  if (groups.length === 0) return [];
  try {
    const policies = await describePolicies(client);
    return groups.map((named) =>
      policyFinding(named, policies.get(named[0]) ?? NO_POLICIES, defaultMode),
    );
  } catch (error) {
    const text = `scaling policies cannot be read: ${awsFailureText(error)}`;
    return [{ check: 'policies', group: null, status: 'unknown', text, run: null }];
  }
}

interface TaggedMode {
  readonly mode: Mode | null | undefined;
  readonly isForced: boolean;
}

function modeOf({ Tags: tags = [] }: AutoScalingGroup, defaultMode: Mode | undefined): TaggedMode {
  const tag = tags.find(({ Key }) => Key === MODE_TAG)?.Value;
  return {
    mode: tag ? modeNamed(tag) : defaultMode,
    isForced: tags.some(({ Key }) => Key === FORCE_TAG),
  };
}

/** Whether the mode of a group, or of a service in its words, agrees with its own policies. */
export function policyFinding(
  [group, described]: readonly [string, AutoScalingGroup],
  { cpuTarget, dynamic }: GroupPolicies,
  defaultMode: Mode | undefined,
): Finding {
  const { mode, isForced } = modeOf(described, defaultMode);
  const about = { check: 'policies', group };
  const conflict = mode === 'full' && !isForced ? policyConflict(group, dynamic) : null;
  if (conflict !== null) {
    const run = `npx foreprint enrol ${shellWord(group)} --mode scale-out`;
    return { ...about, status: 'warning', text: `${conflict}; until then it gets a floor`, run };
  }
  const wanted =
    cpuTarget === null ? 'none of average CPU' : `${Math.round(100 * cpuTarget)} % CPU`;
  return { ...about, status: 'ok', text: `target tracking: ${wanted}`, run: null };
}
