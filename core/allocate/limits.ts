import type { CapacityLimits } from '#core/allocation.ts';
import { RESOURCES, perResource, type Footprint, type Resource } from '#core/footprint.ts';
import type { ScalingState } from '#core/ports.ts';

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
 * Instances that hold the footprint: the largest, over resources, of ceil(need ÷ (instance capacity × target
 * utilization)), within the limits. Rounding errors below a millionth of an instance do not start one.
 */
export function instancesFor(
  need: Footprint,
  { limits, instanceCapacity }: Pick<ScalingState, 'limits' | 'instanceCapacity'>,
  targetUtilization: Utilization,
): number {
  let instances = 0;
  for (const resource of RESOURCES) {
    const wanted = need[resource];
    const capacity = instanceCapacity[resource];
    if (wanted === null || capacity === null) continue;
    instances = Math.max(
      instances,
      Math.ceil(wanted / (capacity * targetUtilization[resource]) - 1e-6),
    );
  }
  return clampInstances(instances, limits);
}

/** The number of instances moved into [minInstances, maxInstances]. */
export function clampInstances(
  instances: number,
  { minInstances, maxInstances }: CapacityLimits,
): number {
  return Math.min(maxInstances, Math.max(minInstances, instances));
}
