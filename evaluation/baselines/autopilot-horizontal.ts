import { wholeInstances, type Baseline } from './baseline.ts';
import { createSortedWindow } from './statistics/sorted-window.ts';

const HOUR = 3600;
const WINDOW_HOURS = 72;
const PERCENTILE = 0.95;
const TARGET = 0.7;

/**
 * Horizontal rule of Autopilot (Rzadca et al., EuroSys 2020): n = P95 of the total over 72 hours ÷
 * target [paper]. Half of the excess is removed every hour [paper], at the full hour of the trace
 * [a]. The owner sets the target; here 0.7 [a]. Knob: the target.
 */
export const autopilotHorizontal: Baseline = {
  name: 'autopilot-horizontal',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: [0.4, 0.5, 0.7, 0.9, 1.1],
  steer({ demand, stepSeconds, fromStep }, target) {
    const window = createSortedWindow(Math.round((WINDOW_HOURS * HOUR) / stepSeconds));
    const learn = (step: number) => {
      const need = demand[step] ?? NaN;
      if (!Number.isNaN(need)) window.push(need);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step, { desired }) => {
      learn(step - 1);
      const load = window.percentile(PERCENTILE);
      if (load === null) return null;
      const needed = wholeInstances(load / target);
      if (needed >= desired) return needed;
      const isFullHour = (step * stepSeconds) % HOUR < stepSeconds;
      return isFullHour ? desired - Math.ceil((desired - needed) / 2) : desired;
    };
  },
};
