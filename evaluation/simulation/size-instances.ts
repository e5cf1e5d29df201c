import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';

/** The first week determines the size of an application's instances. */
const SIZING_SECONDS = 7 * 86_400;
/**
 * Number of instances that cover the peak of that week: realistic, and enough for scaling to
 * matter.
 */
const INSTANCES_AT_PEAK = 12;
const PEAK_LEVEL = 0.999;

/**
 * Capacity of one instance for a resource: a twelfth of the 99.9th percentile of the application's
 * first seven days with any use. Null for an application that never used the resource: it never
 * needs more than the minimum.
 */
export function sizeInstance(window: FootprintWindow, resource: Resource): number | null {
  const values = window.values[resource];
  const first = values.findIndex((value) => value > 0);
  if (first === -1) return null;
  const week = values.subarray(first, first + SIZING_SECONDS / window.stepSeconds);
  const measured = week.filter((value) => !Number.isNaN(value)).sort();
  return empiricalQuantile(measured, PEAK_LEVEL) / INSTANCES_AT_PEAK;
}

/**
 * Need in instances per step: the largest over the resources, NaN if none was measured. A resource
 * without a capacity needs no instance.
 */
export function demandInInstances(
  window: FootprintWindow,
  resources: readonly Resource[],
  sizes: Readonly<Partial<Record<Resource, number>>>,
): Float64Array {
  const demand = new Float64Array(window.values.cpu.length).fill(NaN);
  for (const resource of resources) {
    const size = sizes[resource];
    const values = window.values[resource];
    for (let step = 0; step < values.length; step++) {
      const value = values[step];
      if (Number.isNaN(value)) continue;
      const need = size === undefined ? 0 : value / size;
      demand[step] = Number.isNaN(demand[step]) ? need : Math.max(demand[step], need);
    }
  }
  return demand;
}
