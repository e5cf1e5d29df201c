import { perResource, type FootprintWindow } from '#core/footprint.ts';
import type { TimeRange } from '#core/ports.ts';

/**
 * Number of steps of a range; the last one may reach beyond its end.
 * @throws RangeError if the step is not positive or the range is reversed.
 */
export function windowSlots({ fromSeconds, toSeconds }: TimeRange, stepSeconds: number): number {
  if (!(stepSeconds > 0)) throw new RangeError(`step must be positive, not ${stepSeconds} s`);
  if (!(toSeconds >= fromSeconds)) {
    throw new RangeError(`range must not be reversed: ${fromSeconds} to ${toSeconds}`);
  }
  return Math.ceil((toSeconds - fromSeconds) / stepSeconds);
}

/** A window from `range.fromSeconds` on in which nothing was measured. */
export function emptyWindow(range: TimeRange, stepSeconds: number): FootprintWindow {
  const slots = windowSlots(range, stepSeconds);
  const values = perResource(() => new Float64Array(slots).fill(NaN));
  return { startSeconds: range.fromSeconds, stepSeconds, values };
}
