import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';

/** What Application Auto Scaling is asked for: the number of a service's tasks. */
export const ECS_DIMENSION = {
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** What Application Auto Scaling lists; the action is Describe and this name. */
type Listed = 'ScalableTargets' | 'ScalingPolicies' | 'ScheduledActions';

export interface ListQuery<T> {
  readonly entry: z.ZodType<T>;
  /** Which of them, beside those of services; all without it. */
  readonly only?: { readonly ResourceId: string } | { readonly ResourceIds: readonly string[] };
}

const pageSchema = z.looseObject({ NextToken: z.string().nullish() });

/**
 * Everything of one kind that Application Auto Scaling has of services, from all pages.
 * @throws whatever `call` throws, and ZodError for an entry that is not as expected.
 */
export async function listOfServices<T>(
  call: JsonCall,
  listed: Listed,
  { entry, only }: ListQuery<T>,
): Promise<readonly T[]> {
  const entriesSchema = z.array(entry);
  const found: T[] = [];
  let next: string | null | undefined;
  do {
    const input = { ...ECS_DIMENSION, ...only, ...(next && { NextToken: next }) };
    const answer = await call('application-autoscaling', `Describe${listed}`, input);
    const page = pageSchema.parse(answer);
    found.push(...entriesSchema.parse(page[listed]));
    next = page.NextToken;
  } while (next);
  return found;
}

/** Entries by the service that they are about, in the order in which they were listed. */
export function byService<T extends { readonly ResourceId: string }>(
  entries: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const services = new Map<string, T[]>();
  for (const entry of entries) {
    const own = services.get(entry.ResourceId);
    if (own === undefined) services.set(entry.ResourceId, [entry]);
    else own.push(entry);
  }
  return services;
}
