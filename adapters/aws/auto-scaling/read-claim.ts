import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { mergeClaims, NO_CLAIM, type FloorStore, type MinimumClaim } from './floor-record.ts';
import { toScalingError } from './scaling-error.ts';
import { scheduledMinimums } from './scheduled-minimums.ts';

/** Where it is remembered, and seen, what owners want of their groups' minimums. */
export interface ClaimSource {
  readonly client: AutoScalingClient;
  readonly floors: FloorStore;
  readonly nowSeconds: () => number;
}

/**
 * What is known of one group's minimum, read at the same time.
 * @throws ScalingError, TableError
 */
export async function readClaim(
  { client, floors, nowSeconds }: ClaimSource,
  applicationId: string,
): Promise<MinimumClaim> {
  const [record, scheduled] = await Promise.all([
    floors.read(applicationId),
    scheduledMinimums(client, nowSeconds(), applicationId).catch((cause: unknown) => {
      throw toScalingError(applicationId, cause);
    }),
  ]);
  return { ...NO_CLAIM, ...scheduled.get(applicationId), record };
}

/** The same of all groups of the region; a group without a claim has none of both. */
export function readClaims({
  client,
  floors,
  nowSeconds,
}: ClaimSource): Promise<ReadonlyMap<string, MinimumClaim>> {
  return mergeClaims(floors, scheduledMinimums(client, nowSeconds()));
}
