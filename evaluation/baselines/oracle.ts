import { wholeInstances, type Baseline } from './baseline.ts';

/**
 * The physical limit: knows the demand of the lead time ahead and still has to wait for new instances.
 * Knob: share of the coming peak that is held; below 1 it saves instances by leaving known demand unserved.
 * @returns a steering that wants the largest need of the steps a decision answers for; null where none is measured.
 */
export const oracle: Baseline = {
  name: 'oracle',
  knobName: 'share of the coming peak',
  knob: 1,
  sweep: [0.5, 0.7, 0.8, 0.9, 0.95, 1],
  steer({ demand, warmUpHorizon }, share) {
    return (step) => {
      let wanted: number | null = null;
      for (let k = step; k < Math.min(demand.length, step + warmUpHorizon); k++) {
        const need = demand[k]!;
        if (!Number.isNaN(need)) wanted = Math.max(wanted ?? 0, wholeInstances(need * share));
      }
      return wanted;
    };
  },
};
