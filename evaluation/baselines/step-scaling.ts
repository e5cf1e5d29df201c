import type { Baseline } from './baseline.ts';

/**
 * Step scaling with the adjustments of its documentation's example [doc], in points of utilization
 * above or below the threshold: +10 % of the capacity from 10 points on, +30 % from 20 on; −10 %
 * from 10 points below, −30 % from 20. Percentages of more than one instance are rounded towards
 * zero, smaller ones to one instance. Starting instances count as part of the capacity that an
 * alarm requests, and nothing is removed while an instance starts [doc]. One five-minute point
 * triggers an alarm, and the metric may exceed 100 % [a]. Knob: the threshold, 0.5 in the example
 * [doc].
 */
export const stepScaling: Baseline = {
  name: 'step-scaling',
  knobName: 'threshold of the alarms',
  knob: 0.5,
  sweep: [0.4, 0.5, 0.6, 0.7, 0.8],
  steer({ demand }, threshold) {
    let served: number | null = null;
    return (step, group) => {
      const need = demand[step - 1] ?? NaN;
      const metric = Number.isNaN(need) || !served ? null : need / served;
      const desired = metric === null ? null : adjusted(metric - threshold, group);
      served = Math.min(group.inService, desired ?? group.inService);
      return desired;
    };
  },
};

function adjusted(
  breach: number,
  { desired, inService }: { readonly desired: number; readonly inService: number },
): number {
  const change = percentOf(inService, adjustment(breach));
  if (change > 0) return Math.max(desired, inService + change);
  return desired > inService ? desired : inService + change;
}

/** Keeps rounding errors from crossing a step. */
const EPSILON = 1e-9;

function adjustment(breach: number): number {
  if (breach >= 0.2 - EPSILON) return 0.3;
  if (breach >= 0.1 - EPSILON) return 0.1;
  if (breach <= -0.2 + EPSILON) return -0.3;
  return breach <= -0.1 + EPSILON ? -0.1 : 0;
}

/** The documented rounding: towards zero, but at least one instance. */
function percentOf(capacity: number, share: number): number {
  const exact = capacity * share;
  if (exact === 0) return 0;
  return Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact);
}
