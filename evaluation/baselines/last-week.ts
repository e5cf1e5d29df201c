import { wholeInstances, type Baseline } from './baseline.ts';
import { trackedInstances } from './target-tracking.ts';

const MINUTE = 60;
const WEEK = 7 * 86_400;
/** From seven days ago on, for so long; what is wanted is there half an hour early [src]. */
const LOOKBACK_SECONDS = 30 * MINUTE;
/** Share of the workers that the peak uses [src]. */
const TARGET = 0.75;

/**
 * Last week at this time, the rule of Grafana Mimir's queriers (autoscaling.libsonnet,
 * `autoscaling_querier_predictive_scaling_*`) [src]: the largest need between 7 days and 6 days 23½
 * hours ago ÷ target. It stands beside a reactive trigger, and the larger of both wins, as the
 * horizontal pod autoscaler has it [doc]; here that is the target tracking of the replay [a]. Knob:
 * the target of both.
 */
export const lastWeek: Baseline = {
  name: 'last-week',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: [0.5, 0.6, 0.75, 0.85, 1],
  steer({ demand, stepSeconds }, target) {
    return (step) => {
      const from = step - Math.max(1, Math.round(WEEK / stepSeconds));
      const to = from + Math.max(1, Math.round(LOOKBACK_SECONDS / stepSeconds));
      let desired = trackedInstances(demand, step, target);
      for (let k = Math.max(0, from); k < to; k++) {
        const need = demand[k] ?? NaN;
        if (!Number.isNaN(need)) desired = Math.max(desired ?? 0, wholeInstances(need / target));
      }
      return desired;
    };
  },
};
