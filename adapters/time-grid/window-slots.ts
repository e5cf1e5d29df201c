import {
  perResource,
  RESOURCES,
  type FootprintWindow,
  type Resource,
} from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';

/**
 * Number of steps of a range; the last step may extend beyond its end.
 * @throws RangeError if the step is not positive or the range is reversed.
 */
export function windowSlots({ fromSeconds, toSeconds }: TimeRange, stepSeconds: number): number {
  if (!(stepSeconds > 0)) throw new RangeError(`step must be positive, not ${stepSeconds} s`);
  if (!(toSeconds >= fromSeconds)) {
    throw new RangeError(`range must not be reversed: ${fromSeconds} to ${toSeconds}`);
  }
  return Math.ceil((toSeconds - fromSeconds) / stepSeconds);
}

/**
 * A window from `range.fromSeconds` on without measurements.
 * @param resources the resources that will be written, all by default; the others share one array.
 */
export function emptyWindow(
  range: TimeRange,
  stepSeconds: number,
  resources: readonly Resource[] = RESOURCES,
): FootprintWindow {
  const slots = windowSlots(range, stepSeconds);
  const unknown = new Float64Array(slots).fill(NaN);
  // Not one array more than needed: memory outside the heap brings full collections closer.
  let isTaken = RESOURCES.some((resource) => !resources.includes(resource));
  const values = perResource((resource) => {
    if (!resources.includes(resource)) return unknown;
    if (isTaken) return unknown.slice();
    isTaken = true;
    return unknown;
  });
  return { startSeconds: range.fromSeconds, stepSeconds, values };
}
