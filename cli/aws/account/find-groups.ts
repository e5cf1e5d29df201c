import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/** A group of the SDK whose name is defined. */
export type NamedGroup = AutoScalingGroup & { readonly AutoScalingGroupName: string };

/** Which of the named groups do not exist, as a sentence; null if all exist. */
export function missingGroups(
  names: readonly string[],
  groups: ReadonlyMap<string, unknown>,
): string | null {
  const missing = names.filter((name) => !groups.has(name));
  if (missing.length === 0) return null;
  return `no Auto Scaling group ${quotedNames(missing)} in this region`;
}

/** Names in double quotes, separated by commas. */
export function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/**
 * Groups by name, in the order of the names.
 * @throws UsageError that lists every missing group.
 */
export async function findGroups(
  client: AutoScalingClient,
  names: readonly string[],
): Promise<readonly NamedGroup[]> {
  const groups = await describeGroups(client, names);
  const fault = missingGroups(names, groups);
  if (fault !== null) throw new UsageError(fault);
  return names.flatMap((name) => {
    const group = groups.get(name);
    return group === undefined ? [] : [{ ...group, AutoScalingGroupName: name }];
  });
}
