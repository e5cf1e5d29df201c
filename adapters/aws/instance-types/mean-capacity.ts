import { perResource, type Footprint } from '#core/domain/footprint.ts';

/** An instance of a group and what it holds. */
export interface WeighedInstance {
  readonly capacity: Footprint;
  /** Units of the group's sizes that it counts for; 1 without weights. */
  readonly weight: number;
}

/**
 * Capacity of one unit of a group's sizes: what all of its instances hold ÷ their weights. A group
 * of unequal instances is counted in instances of the mean size, so that one instance more or less
 * changes a count by about that instance. Null for a resource that some instance does not limit.
 */
export function meanCapacity(instances: readonly WeighedInstance[]): Footprint {
  const weights = instances.reduce((sum, { weight }) => sum + weight, 0);
  return perResource((resource) => {
    const limits = instances.flatMap(({ capacity }) => capacity[resource] ?? []);
    if (weights <= 0 || limits.length < instances.length) return null;
    return limits.reduce((sum, limit) => sum + limit, 0) / weights;
  });
}

/** The weight of an instance as Auto Scaling describes it; 1 where it has none. */
export function weightOf({
  WeightedCapacity: weight,
}: {
  readonly WeightedCapacity?: string | undefined;
}): number {
  const units = Number(weight);
  return units > 0 ? units : 1;
}
