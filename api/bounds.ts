import { RESOURCES } from '#core/domain/footprint.ts';
import { MOST_INSTANCES } from '#core/domain/settings/type-defaults.ts';
import type { Amounts } from './types/fleet.ts';

/** @throws RangeError for a value that is no whole number within the bounds. */
export function requireWhole(
  name: string,
  value: number,
  { least, most = Infinity }: { readonly least: number; readonly most?: number },
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const bounds = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${name} is ${value}, expected a whole number ${bounds}`);
}

/** @throws RangeError for numbers of instances that no application can have. */
export function requireInstances(given: {
  readonly currentInstances: number;
  readonly minInstances: number;
  readonly maxInstances: number;
}): void {
  const { currentInstances, minInstances, maxInstances } = given;
  requireWhole('maxInstances', maxInstances, { least: 1, most: MOST_INSTANCES });
  requireWhole('minInstances', minInstances, { least: 0, most: maxInstances });
  requireWhole('currentInstances', currentInstances, { least: 0 });
}

/** @throws RangeError for an instance that holds nothing, or less than nothing of a resource. */
export function requireCapacity(instance: Amounts): void {
  const known = RESOURCES.filter((resource) => instance[resource] !== undefined);
  if (known.length === 0) throw new RangeError(`instance names none of ${RESOURCES.join(', ')}`);
  for (const resource of known) {
    const size = instance[resource]!;
    if (size > 0 && Number.isFinite(size)) continue;
    throw new RangeError(`instance.${resource} is ${size}, expected a finite number above 0`);
  }
}
