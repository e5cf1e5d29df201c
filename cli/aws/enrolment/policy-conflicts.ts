import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describePolicies } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { modeNamed, type Mode } from '#cdk/configuration/modes.ts';

/**
 * Why a group cannot be steered in `full`: a dynamic policy of its own would undo what Foreprint
 * does, and the other way round. Null where nothing stands against it.
 */
export function policyConflict(group: string, dynamic: readonly string[]): string | null {
  const [first, ...others] = dynamic;
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return (
    `group "${group}" has the dynamic scaling policy "${first}"${more}, which would undo mode ` +
    'full and be undone by it: remove the policy, use mode scale-out, or insist with --force'
  );
}

/** The conflicts of groups that are enrolled in `full`, one sentence each. */
export async function fullModeConflicts(
  client: AutoScalingClient,
  groups: ReadonlyMap<string, AutoScalingGroup>,
  modes: { readonly mode: Mode | undefined; readonly defaultMode: Mode },
): Promise<readonly string[]> {
  const full = [...groups].filter(([, { Tags: tags = [] }]) => {
    const tag = tags.find(({ Key }) => Key === MODE_TAG)?.Value;
    const mode = modes.mode ?? (tag ? modeNamed(tag) : modes.defaultMode);
    return mode === 'full';
  });
  if (full.length === 0) return [];
  const policies = await describePolicies(client);
  return full.flatMap(([name]) => policyConflict(name, policies.get(name)?.dynamic ?? []) ?? []);
}
