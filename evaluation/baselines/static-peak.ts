import { wholeInstances, type Baseline } from './baseline.ts';

/**
 * Static peak: the largest need of the first week, held for ever. What people do who size by hand.
 * Parameters: knob = share of that peak, 1 [a].
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
    const held = peak === null ? null : wholeInstances(peak * share);
    return () => held;
  },
};
