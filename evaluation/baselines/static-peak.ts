import { wholeInstances, type Baseline } from './baseline.ts';

/**
 * Static peak: the largest need of the first week, held for the whole replay, as in manual sizing.
 * Knob: the share of that peak, 1 [a].
 */
export const staticPeak: Baseline = {
  name: 'static-peak',
  knobName: "share of the first week's peak",
  knob: 1,
  sweep: [0.25, 0.5, 0.75, 1, 1.5, 2],
  steer({ demand, fromStep }, share) {
    let peak: number | null = null;
    for (const need of demand.subarray(0, fromStep)) {
      if (!Number.isNaN(need)) peak = Math.max(peak ?? 0, need);
    }
    const instances = peak === null ? null : wholeInstances(peak * share);
    return () => instances;
  },
};
