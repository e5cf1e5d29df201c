import { RESOURCES, perResource, type Footprint, type FootprintWindow } from './footprint.ts';

/** What was measured in one step of a window; null where nothing was. */
export function footprintAt({ values }: FootprintWindow, step: number): Footprint {
  return perResource((resource) => {
    const value = values[resource][step]!;
    return Number.isNaN(value) ? null : value;
  });
}

/** True if anything was measured. */
export function isMeasured(footprint: Footprint): boolean {
  return RESOURCES.some((resource) => footprint[resource] !== null);
}
