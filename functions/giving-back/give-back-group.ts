import { giveBackMinimum, type FloorChange } from '#adapters/aws/auto-scaling/change-floor.ts';
import type { ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { removeHooks } from '#adapters/aws/auto-scaling/remove-hooks.ts';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { restoreMinimum } from '#adapters/aws/auto-scaling/set-floor.ts';
import { serviceMinimums } from '#adapters/aws/ecs/ecs-service-target.ts';
import type { ServiceSource } from '#adapters/aws/ecs/service-claims.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { LAUNCH_HOOK, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';

/** Where groups and services are given back. */
export type GivingBackSource = ClaimSource & ServiceSource;

/** Restores the minimum that the owner of a group or a service chose. */
function giveBackFloor(source: GivingBackSource, id: string): Promise<FloorChange> {
  if (isServiceId(id)) return giveBackMinimum(serviceMinimums(source), id);
  return restoreMinimum(source, id);
}

/**
 * Leaves a group or a service as its owner had it: without our hooks, with its own minimum.
 * What is deleted needs nothing. The minimum comes back even where a hook cannot be removed.
 * @param keepsHooks whether somebody answers the group's hooks.
 * @throws ScalingError, TableError
 */
export async function giveBackGroup(
  source: GivingBackSource,
  group: string,
  { keepsHooks = false }: { readonly keepsHooks?: boolean } = {},
): Promise<void> {
  const hasHooks = !keepsHooks && !isServiceId(group);
  const results = await Promise.allSettled([
    hasHooks && removeHooks(source.client, group, [LAUNCH_HOOK, TERMINATE_HOOK]),
    giveBackFloor(source, group),
  ]);
  for (const result of results) {
    if (result.status === 'rejected' && !isMissing(result.reason)) throw result.reason;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ScalingError && error.fault === 'missing';
}
