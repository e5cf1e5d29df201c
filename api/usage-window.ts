import { perResource, RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import type { Usage } from './types/fleet.ts';

/**
 * Usage as a window of footprints; NaN for what was not measured.
 * @throws RangeError for usage without a resource, or arrays of different lengths.
 */
export function usageWindow(
  grid: { readonly startSeconds: number; readonly stepSeconds: number },
  usage: Usage,
): FootprintWindow {
  const lengths = RESOURCES.flatMap((resource) => usage[resource]?.length ?? []);
  const [length] = lengths;
  if (length === undefined) throw new RangeError(`usage names none of ${RESOURCES.join(', ')}`);
  if (lengths.some((other) => other !== length)) {
    throw new RangeError(`usage has ${lengths.join(', ')} values, expected as many of each`);
  }
  const { startSeconds, stepSeconds } = grid;
  const nothing = Array.from({ length }, () => null);
  const values = perResource((resource) =>
    Float64Array.from(usage[resource] ?? nothing, (value) => value ?? NaN),
  );
  return { startSeconds, stepSeconds, values };
}
