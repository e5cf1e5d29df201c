import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/** A group as the SDK has it, its name known. */
export type NamedGroup = AutoScalingGroup & { readonly AutoScalingGroupName: string };

/** What is wrong with names of groups, null where all are known. */
export function missingGroups(
  names: readonly string[],
  found: ReadonlyMap<string, unknown>,
): string | null {
  const missing = names.filter((name) => !found.has(name));
  if (missing.length === 0) return null;
  return `no Auto Scaling group ${quotedNames(missing)} in this region`;
}

/** Names in quotation marks. */
export function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/**
 * Groups by their names, in the order of the names.
 * @throws UsageError that names every one that does not exist.
 */
export async function findGroups(
  client: AutoScalingClient,
  names: readonly string[],
): Promise<readonly NamedGroup[]> {
  const found = await describeGroups(client, names);
  const fault = missingGroups(names, found);
  if (fault !== null) throw new UsageError(fault);
  return names.flatMap((name) => {
    const group = found.get(name);
    return group === undefined ? [] : [{ ...group, AutoScalingGroupName: name }];
  });
}
