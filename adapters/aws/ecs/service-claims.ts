import {
  mergeClaims,
  NO_CLAIM,
  type FloorStore,
  type MinimumClaim,
} from '#adapters/aws/auto-scaling/floor-record.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { scheduledTargets } from './scheduled-targets.ts';
import { toServiceError } from './service-error.ts';

/** Where it is remembered, and seen, what owners want of their services' minimums. */
export interface ServiceSource {
  readonly call: JsonCall;
  readonly floors: FloorStore;
  readonly nowSeconds: () => number;
}

/**
 * What is known of one service's minimum, read at the same time.
 * @throws ScalingError, TableError
 */
export async function readServiceClaim(
  { call, floors, nowSeconds }: ServiceSource,
  id: string,
): Promise<MinimumClaim> {
  const [record, scheduled] = await Promise.all([
    floors.read(id),
    scheduledTargets(call, nowSeconds(), id).catch((cause: unknown) => {
      throw toServiceError(id, cause);
    }),
  ]);
  return { ...NO_CLAIM, ...scheduled.get(id), record };
}

/** The same of all services of the region; a service without a claim has none of both. */
export async function readServiceClaims({
  call,
  floors,
  nowSeconds,
}: ServiceSource): Promise<ReadonlyMap<string, MinimumClaim>> {
  const claims = await mergeClaims(floors, scheduledTargets(call, nowSeconds()));
  return new Map([...claims].filter(([id]) => isServiceId(id)));
}
