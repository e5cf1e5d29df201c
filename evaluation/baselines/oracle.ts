import { wholeInstances, type Baseline } from './baseline.ts';

/**
 * The physical limit: it knows the demand up to the warm-up horizon, but must wait for new
 * instances like every policy. Knob: the share of the coming peak that is held. A share below 1
 * saves instances by leaving known demand unserved.
 * @returns the largest need of the steps that a decision must cover; null if none of them was
 * measured.
 */
export const oracle: Baseline = {
  name: 'oracle',
  knobName: 'share of the coming peak',
  knob: 1,
  sweep: [0.5, 0.7, 0.8, 0.9, 0.95, 1],
  readsAhead: true,
  steer({ demand, warmUpHorizon, objective }, share) {
    return (step) => {
      let largest: number | null = null;
      for (let k = step; k < Math.min(demand.length, step + warmUpHorizon); k++) {
        const need = demand[k];
        if (Number.isNaN(need)) continue;
        largest = Math.max(largest ?? 0, wholeInstances((need * share) / objective));
      }
      return largest;
    };
  },
};
