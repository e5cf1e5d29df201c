import { RESOURCES, perResource, type Footprint, type FootprintWindow } from './footprint.ts';

/** Measurements of one step of a window; null for a resource that was not measured. */
export function footprintAt({ values }: FootprintWindow, step: number): Footprint {
  return perResource((resource) => {
    const value = values[resource][step]!;
    return Number.isNaN(value) ? null : value;
  });
}

/** True if at least one resource was measured. */
export function isMeasured(footprint: Footprint): boolean {
  return RESOURCES.some((resource) => footprint[resource] !== null);
}
