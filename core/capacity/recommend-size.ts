import { RESOURCES, type Footprint, type FootprintWindow } from '#core/domain/footprint.ts';

/** An instance type that could be used. */
export interface InstanceType {
  readonly name: string;
  /** Capacity of one instance; null for a resource without a limit. */
  readonly capacity: Footprint;
  readonly pricePerHour: number;
}

/** One type as a recommendation. */
export interface SizeRecommendation {
  readonly type: string;
  /**
   * Mean and largest number of instances over the history, if every step had exactly what it
   * needed.
   */
  readonly meanInstances: number;
  readonly peakInstances: number;
  readonly costPerHour: number;
}

export interface SizingRules {
  readonly minInstances: number;
  readonly targetUtilization: Readonly<Record<(typeof RESOURCES)[number], number>>;
}

/**
 * Recommends instance types, cheapest first, by what the history would have cost with each. Every
 * step is rounded up to whole instances, so the cost shows both that small instances follow demand
 * more closely and that large ones may be cheaper per core. Types that cannot hold the use are left
 * out. The result is empty without a measurement.
 */
export function recommendSize(
  window: FootprintWindow,
  types: readonly InstanceType[],
  rules: SizingRules,
): SizeRecommendation[] {
  return types
    .flatMap((type) => costOf(window, type, rules) ?? [])
    .sort((a, b) => a.costPerHour - b.costPerHour);
}

function costOf(
  { values }: FootprintWindow,
  type: InstanceType,
  { minInstances, targetUtilization }: SizingRules,
): SizeRecommendation | null {
  const limiting = RESOURCES.filter((resource) => (type.capacity[resource] ?? 0) > 0);
  let [steps, sum, peak] = [0, 0, 0];
  for (let step = 0; step < values.cpu.length; step++) {
    let needed = -1;
    for (const resource of limiting) {
      const usable = type.capacity[resource]! * targetUtilization[resource];
      const need = values[resource][step] / usable;
      if (need >= 0) needed = Math.max(needed, Math.ceil(need - 1e-6));
    }
    if (needed < 0) continue;
    const instances = Math.max(minInstances, needed);
    steps++;
    sum += instances;
    peak = Math.max(peak, instances);
  }
  if (steps === 0) return null;
  const meanInstances = sum / steps;
  return {
    type: type.name,
    meanInstances,
    peakInstances: peak,
    costPerHour: meanInstances * type.pricePerHour,
  };
}
