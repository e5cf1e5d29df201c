import type { ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { removeHooks } from '#adapters/aws/auto-scaling/remove-hooks.ts';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { restoreMinimum } from '#adapters/aws/auto-scaling/set-floor.ts';
import { LAUNCH_HOOK, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';

/**
 * Leaves a group as its owner had it: without our hooks, with its own minimum. A group that is
 * deleted needs nothing. The minimum comes back even where a hook cannot be removed.
 * @throws ScalingError, TableError
 */
export async function giveBackGroup(source: ClaimSource, group: string): Promise<void> {
  const results = await Promise.allSettled([
    removeHooks(source.client, group, [LAUNCH_HOOK, TERMINATE_HOOK]),
    restoreMinimum(source, group),
  ]);
  for (const result of results) {
    if (result.status === 'rejected' && !isMissing(result.reason)) throw result.reason;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ScalingError && error.fault === 'missing';
}
