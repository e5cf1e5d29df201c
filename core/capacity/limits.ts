import type { CapacityLimits } from '#core/domain/allocation.ts';
import { RESOURCES, perResource, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';

type Utilization = Readonly<Record<Resource, number>>;

/** What so many instances may hold, per resource; null where a resource limits nothing. */
export function heldBy(
  instances: number,
  { instanceCapacity }: Pick<ScalingState, 'instanceCapacity'>,
  targetUtilization: Utilization,
): Footprint {
  return perResource((resource) => {
    const capacity = instanceCapacity[resource];
    return capacity === null ? null : instances * capacity * targetUtilization[resource];
  });
}

/** What the target can give at most, per resource; null where nothing limits it. */
export function availableFootprint(
  target: Pick<ScalingState, 'limits' | 'instanceCapacity' | 'availableInstances'>,
  targetUtilization: Utilization,
): Footprint {
  const { maxInstances } = target.limits;
  const most = Math.min(maxInstances, target.availableInstances ?? maxInstances);
  return heldBy(most, target, targetUtilization);
}

/** min(need, available), resource by resource; null stays null. */
export function limitToAvailable(need: Footprint, available: Footprint): Footprint {
  return perResource((resource) => {
    const wanted = need[resource];
    const most = available[resource];
    return wanted === null || most === null ? wanted : Math.min(wanted, most);
  });
}

/** Sum resource by resource; null counts as nothing beside a number. */
export function addFootprints(a: Footprint, b: Footprint): Footprint {
  return perResource((resource) => {
    const left = a[resource];
    const right = b[resource];
    return left === null && right === null ? null : (left ?? 0) + (right ?? 0);
  });
}

/** Larger of the two resource by resource; null counts as nothing beside a number. */
export function largerFootprint(a: Footprint, b: Footprint): Footprint {
  return perResource((resource) => {
    const left = a[resource];
    const right = b[resource];
    return left === null || right === null ? (left ?? right) : Math.max(left, right);
  });
}

/**
 * Instances that a use fills, not rounded: the largest, over resources, of use ÷ (instance capacity × target utilization);
 * null where no resource is both known and limited.
 */
export function filledInstances(
  use: Footprint,
  { instanceCapacity }: Pick<ScalingState, 'instanceCapacity'>,
  targetUtilization: Utilization,
): number | null {
  let filled: number | null = null;
  for (const resource of RESOURCES) {
    const [used, capacity] = [use[resource], instanceCapacity[resource]];
    if (used === null || capacity === null) continue;
    const own = used / (capacity * targetUtilization[resource]);
    filled = filled === null ? own : Math.max(filled, own);
  }
  return filled;
}

/** So many as hold them, within the limits. Rounding errors below a millionth of an instance do not start one. */
export function holdingInstances(filled: number | null, limits: CapacityLimits): number {
  return clampInstances(Math.max(0, Math.ceil((filled ?? 0) - 1e-6)), limits);
}

/** Instances that hold the footprint, within the limits; the least where nothing is known. */
export function instancesFor(
  need: Footprint,
  target: Pick<ScalingState, 'limits' | 'instanceCapacity'>,
  targetUtilization: Utilization,
): number {
  return holdingInstances(filledInstances(need, target, targetUtilization), target.limits);
}

/** The number of instances moved into [minInstances, maxInstances]. */
export function clampInstances(
  instances: number,
  { minInstances, maxInstances }: CapacityLimits,
): number {
  return Math.min(maxInstances, Math.max(minInstances, instances));
}
