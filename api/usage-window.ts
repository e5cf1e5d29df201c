import { perResource, RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import { measured, requireAmounts, requireGrid } from './regular-series.ts';
import type { Usage } from './types/fleet.ts';

/**
 * Usage as a window of footprints; NaN for what was not measured.
 * @throws RangeError for an unusable grid, usage without a resource, arrays of different lengths,
 *   or a value that is no amount.
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
  requireGrid(grid);
  const { startSeconds, stepSeconds } = grid;
  const nothing = Array.from({ length }, () => null);
  const values = perResource((resource) =>
    requireAmounts(measured(usage[resource] ?? nothing, resource), resource),
  );
  return { startSeconds, stepSeconds, values };
}
