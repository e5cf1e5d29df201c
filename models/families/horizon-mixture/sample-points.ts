import type { SamplePlan } from './sample-plan.ts';
import { SKETCH_LEVELS } from './sample-plan.ts';

/**
 * Quantiles of values that are sorted, for SKETCH_LEVELS: the smallest value with at least that
 * share at or below it.
 */
export function sketch(sorted: Float64Array): Float64Array {
  return Float64Array.from(SKETCH_LEVELS, (level) => sorted[sketchIndex(level, sorted.length)]);
}

export const sketchIndex = (level: number, count: number): number =>
  Math.max(0, Math.ceil(level * count) - 1);

/**
 * The points of the sample that do not depend on the step, without those that stand for everything.
 */
export function createWindowPoints({ recent, windows }: SamplePlan) {
  const sorted = windows.map((length) => new Float64Array(length));
  return (history: Float64Array, out: Float64Array): void => {
    const end = history.length;
    out.set(history.subarray(end - recent));
    windows.forEach((length, k) => {
      const own = sorted[k];
      own.set(history.subarray(end - length));
      out.set(sketch(own.sort()), recent + k * SKETCH_LEVELS.length);
    });
  };
}

/** The values at the target's time of the season, [seasonOffsets]. */
export function seasonPoints(
  history: Float64Array,
  { plan, step }: { readonly plan: SamplePlan; readonly step: number },
  out: Float64Array,
): void {
  const { season, seasonOffsets, context } = plan;
  const end = history.length;
  const target = end + ((step - 1) % season);
  for (let k = 0; k < seasonOffsets.length; k++) {
    out[k] = history[Math.min(end - 1, Math.max(end - context, target + seasonOffsets[k]))];
  }
}
