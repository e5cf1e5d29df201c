import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { ECS_DIMENSION, listOfServices } from './list-of-services.ts';

/** Limits of a scalable target. */
export interface TargetLimits {
  readonly min: number;
  readonly max: number;
}

/** Most identifiers that one call accepts. */
const CALL_IDS = 50;

const targetSchema = z.object({
  ResourceId: z.string(),
  MinCapacity: z.number(),
  MaxCapacity: z.number(),
});

/**
 * Limits of the services that have a scalable target, by their identifiers.
 * @param ids the only services to ask for; all of the region without it.
 * @throws whatever `call` throws.
 */
export async function describeScalableTargets(
  call: JsonCall,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, TargetLimits>> {
  const targets = ids === undefined ? await listTargets(call) : await listTargetsOf(call, ids);
  return new Map(
    targets.map(({ ResourceId, MinCapacity: min, MaxCapacity: max }) => [ResourceId, { min, max }]),
  );
}

type Target = z.output<typeof targetSchema>;

function listTargets(call: JsonCall, ids?: readonly string[]): Promise<readonly Target[]> {
  const only = ids && { ResourceIds: ids };
  return listOfServices(call, 'ScalableTargets', { entry: targetSchema, ...(only && { only }) });
}

async function listTargetsOf(call: JsonCall, ids: readonly string[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (let at = 0; at < ids.length; at += CALL_IDS) {
    targets.push(...(await listTargets(call, ids.slice(at, at + CALL_IDS))));
  }
  // An emulator may answer more than it was asked for.
  return targets.filter(({ ResourceId }) => ids.includes(ResourceId));
}

/**
 * Changes the minimum of an existing target and nothing else. Application Auto Scaling raises the
 * desired count to it by itself.
 * @throws whatever `call` throws.
 */
export async function registerMinimum(call: JsonCall, id: string, minimum: number): Promise<void> {
  await call('application-autoscaling', 'RegisterScalableTarget', {
    ...ECS_DIMENSION,
    ResourceId: id,
    MinCapacity: minimum,
  });
}
