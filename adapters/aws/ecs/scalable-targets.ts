import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';

/** What Application Auto Scaling is asked for: the number of a service's tasks. */
export const ECS_DIMENSION = {
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** Limits of a scalable target. */
export interface TargetLimits {
  readonly min: number;
  readonly max: number;
}

/** Most identifiers that one call accepts. */
const CALL_IDS = 50;

const pageSchema = z.object({
  ScalableTargets: z.array(
    z.object({ ResourceId: z.string(), MinCapacity: z.number(), MaxCapacity: z.number() }),
  ),
  NextToken: z.string().nullish(),
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
  const limits = new Map<string, TargetLimits>();
  const queries: object[] = [];
  if (ids === undefined) queries.push(ECS_DIMENSION);
  else {
    for (let at = 0; at < ids.length; at += CALL_IDS) {
      queries.push({ ...ECS_DIMENSION, ResourceIds: ids.slice(at, at + CALL_IDS) });
    }
  }
  for (const query of queries) {
    for await (const page of pagesOf(call, query)) {
      for (const { ResourceId, MinCapacity: min, MaxCapacity: max } of page.ScalableTargets) {
        // An emulator may answer more than it was asked for.
        if (ids?.includes(ResourceId) ?? true) limits.set(ResourceId, { min, max });
      }
    }
  }
  return limits;
}

async function* pagesOf(
  call: JsonCall,
  query: object,
): AsyncGenerator<z.output<typeof pageSchema>> {
  let next: string | null | undefined;
  do {
    const input = { ...query, ...(next && { NextToken: next }) };
    const page = pageSchema.parse(
      await call('application-autoscaling', 'DescribeScalableTargets', input),
    );
    yield page;
    next = page.NextToken;
  } while (next);
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
