import { RESOURCES, type Footprint, type FootprintWindow } from '#core/domain/footprint.ts';

/** An instance type that could be used. */
export interface InstanceType {
  readonly name: string;
  /** What one instance holds; null where a resource limits nothing. */
  readonly capacity: Footprint;
  readonly pricePerHour: number;
}

/** One type as a recommendation. */
export interface SizeRecommendation {
  readonly type: string;
  /** Mean instances over the history if every step had just what it needed, and the most that one step needed. */
  readonly meanInstances: number;
  readonly peakInstances: number;
  readonly costPerHour: number;
}

export interface SizingRules {
  readonly minInstances: number;
  readonly targetUtilization: Readonly<Record<(typeof RESOURCES)[number], number>>;
}

/**
 * Which type and how many: what the history would have cost in each type, cheapest first. Small instances fit a changing
 * need more closely, large ones may be cheaper by the core; both are in the figure, since every step is rounded up to
 * whole instances of the type. Types that cannot hold anything, and a history without a measurement, give nothing.
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
      const need = values[resource][step]! / usable;
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
