import type { CapacityLimits } from '#core/domain/allocation.ts';
import { RESOURCES, perResource, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';

type Utilization = Readonly<Record<Resource, number>>;

/** Usable capacity of `instances` instances per resource; null for a resource without a limit. */
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

/** Largest capacity of the target per resource; null for a resource without a limit. */
export function availableFootprint(
  target: Pick<ScalingState, 'limits' | 'instanceCapacity' | 'availableInstances'>,
  targetUtilization: Utilization,
): Footprint {
  const { maxInstances } = target.limits;
  const most = Math.min(maxInstances, target.availableInstances ?? maxInstances);
  return heldBy(most, target, targetUtilization);
}

/** min(need, available) per resource; null stays null. */
export function limitToAvailable(need: Footprint, available: Footprint): Footprint {
  return perResource((resource) => {
    const amount = need[resource];
    const most = available[resource];
    return amount === null || most === null ? amount : Math.min(amount, most);
  });
}

/** Sum per resource; null counts as 0 beside a number. */
export function addFootprints(a: Footprint, b: Footprint): Footprint {
  return perResource((resource) => {
    const left = a[resource];
    const right = b[resource];
    return left === null && right === null ? null : (left ?? 0) + (right ?? 0);
  });
}

/** Larger value per resource; null counts as 0 beside a number. */
export function largerFootprint(a: Footprint, b: Footprint): Footprint {
  return perResource((resource) => {
    const left = a[resource];
    const right = b[resource];
    return left === null || right === null ? (left ?? right) : Math.max(left, right);
  });
}

/**
 * Number of instances that a use fills, not rounded: the largest, over resources, of use ÷
 * (instance capacity × target utilization). Null if no resource has both a use and a limit.
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

/** The resource of which a use fills most instances; null as for `filledInstances`. */
export function fillingResource(
  use: Footprint,
  target: Pick<ScalingState, 'instanceCapacity'>,
  targetUtilization: Utilization,
): Resource | null {
  const most = filledInstances(use, target, targetUtilization);
  return (
    RESOURCES.find((resource) => {
      const [used, capacity] = [use[resource], target.instanceCapacity[resource]];
      if (used === null || capacity === null) return false;
      return used / (capacity * targetUtilization[resource]) === most;
    }) ?? null
  );
}

/**
 * Number of instances that `filled` needs, within the limits. An excess below a millionth of an
 * instance is a rounding error and does not start one.
 */
export function holdingInstances(filled: number | null, limits: CapacityLimits): number {
  return clampInstances(Math.max(0, Math.ceil((filled ?? 0) - 1e-6)), limits);
}

/**
 * Number of instances that a footprint needs, within the limits; the minimum if the footprint is
 * unknown.
 */
export function instancesFor(
  need: Footprint,
  target: Pick<ScalingState, 'limits' | 'instanceCapacity'>,
  targetUtilization: Utilization,
): number {
  return holdingInstances(filledInstances(need, target, targetUtilization), target.limits);
}

/** The number of instances, limited to [minInstances, maxInstances]. */
export function clampInstances(
  instances: number,
  { minInstances, maxInstances }: CapacityLimits,
): number {
  return Math.min(maxInstances, Math.max(minInstances, instances));
}
