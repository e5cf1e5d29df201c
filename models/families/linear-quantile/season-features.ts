import type { FeaturePlan } from './feature-plan.ts';

/**
 * Values at the target's time of the season: in the last cycle; the mean and the largest over the
 * last cycles; and in the last cycle of the longer season. Each is smoothed over three neighbouring
 * steps. In training, origins near the beginning of the series have fewer cycles.
 * @param history ends with the last value before the origin; at least one season.
 * @param step steps ahead, from 1.
 * @param from index in `out` of the first feature.
 */
export function seasonFeatures(
  history: Float64Array,
  { plan, step }: { readonly plan: FeaturePlan; readonly step: number },
  { out, from }: { readonly out: Float64Array; readonly from: number },
): void {
  const { season, cycles, longSeason, context } = plan;
  const end = history.length;
  const first = Math.max(0, end - context);
  if (season === 0) return;
  const completeCycles = Math.min(cycles, Math.floor(end / season));
  const phase = (step - 1) % season;
  // Declared one by one because destructuring an array would allocate them on the heap.
  let sum = 0;
  let most = -Infinity;
  for (let cycle = 1; cycle <= completeCycles; cycle++) {
    const value = smoothed(history, first, end + phase - cycle * season);
    if (cycle === 1) out[from] = value;
    sum += value;
    if (value > most) most = value;
  }
  out[from + 1] = sum / completeCycles;
  out[from + 2] = most;
  if (longSeason > 0) {
    const before = end + ((step - 1) % longSeason) - longSeason;
    out[from + 3] = before < first ? out[from] : smoothed(history, first, before);
  }
}

/**
 * Mean of a value and its neighbours. At both ends the value itself replaces the missing neighbour.
 */
function smoothed(history: Float64Array, first: number, at: number): number {
  const value = history[at];
  const before = at > first ? history[at - 1] : value;
  const after = at + 1 < history.length ? history[at + 1] : value;
  return (before + value + after) / 3;
}
