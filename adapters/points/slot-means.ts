import { RESOURCES, type FootprintWindow, type Resource } from '#core/footprint.ts';

/** Stored points of one application as columns, in the order of time; NaN where a resource was not measured. */
export interface PointColumns {
  /** Unix seconds, strictly increasing. */
  readonly times: Float64Array;
  readonly values: Readonly<Record<Resource, Float64Array>>;
}

/**
 * Puts the points `first` to `end` (exclusive) into the slots of a window that contains their times. A slot that holds
 * several points (a step longer than the stored one) gets their mean; a slot without any keeps its NaN.
 * @param window all NaN; changed in place.
 */
export function fillSlotMeans(
  window: FootprintWindow,
  { times, values }: PointColumns,
  { first, end }: { readonly first: number; readonly end: number },
): void {
  const { startSeconds, stepSeconds } = window;
  for (const resource of RESOURCES) {
    const source = values[resource];
    const target = window.values[resource];
    let current = -1;
    let count = 0;
    for (let i = first; i < end; i++) {
      const value = source[i]!;
      if (Number.isNaN(value)) continue;
      const slot = Math.floor((times[i]! - startSeconds) / stepSeconds);
      // Times increase, so the points of a slot follow one another.
      if (slot !== current) [current, count] = [slot, 0];
      count++;
      target[slot] = count === 1 ? value : target[slot]! + (value - target[slot]!) / count;
    }
  }
}
