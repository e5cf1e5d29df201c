import { wholeInstances, type Baseline } from './baseline.ts';
import { createSortedWindow } from './statistics/sorted-window.ts';
import { trackedInstances } from './target-tracking.ts';

const WEEK = 7 * 86_400;
const TARGET = 0.7;

/**
 * Target tracking at 70 % above a minimum that follows use: no fewer instances than a percentile of
 * the last seven days' need takes at the same target. Owners set such floors by hand against cold
 * starts (kubernetes/autoscaler issues 3975 and 2004); window and percentile are ours [a]. Knob:
 * the percentile.
 */
export const percentileFloor: Baseline = {
  name: 'percentile-floor',
  knobName: 'percentile',
  knob: 0.5,
  sweep: [0.25, 0.5, 0.75, 0.9, 0.95, 1],
  steer({ demand, stepSeconds, fromStep }, percentile) {
    const window = createSortedWindow(Math.max(1, Math.round(WEEK / stepSeconds)));
    const learn = (step: number) => {
      const need = demand[step] ?? NaN;
      if (!Number.isNaN(need)) window.push(need);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step) => {
      learn(step - 1);
      const floor = window.percentile(percentile);
      const reactive = trackedInstances(demand, step, TARGET);
      if (floor === null) return reactive;
      return Math.max(reactive ?? 0, wholeInstances(floor / TARGET));
    };
  },
};
