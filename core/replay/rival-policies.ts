import { oracle } from './oracle.ts';
import { tallyPolicy, type PolicyTally } from './policy-tally.ts';
import { simulatePolicy, type SimulatedRun, type SimulationOptions } from './simulate-policy.ts';
import { targetTracking } from './target-tracking.ts';

/** The target of the replay's default target tracking. */
export const DEFAULT_TARGET = 0.7;
export const TARGET_TRACKING = 'target-tracking-70';
export const STATIC_PEAK = 'static-peak';
export const ORACLE = 'oracle';

export interface RivalRun extends SimulatedRun {
  readonly name: string;
  readonly tally: PolicyTally;
}

/**
 * What other policies would have done on the same demand (need in instances per step, NaN where not measured):
 * target tracking at 70 %, the first week's peak held for ever, and the oracle.
 */
export function runRivals(demand: Float64Array, options: SimulationOptions): RivalRun[] {
  const leadSteps = options.bootSteps + 1;
  const peak = peakBefore(demand, options.fromStep);
  const run = (name: string, wanted: (step: number) => number | null): RivalRun => {
    const simulated = simulatePolicy(wanted, options);
    return { name, ...simulated, tally: tallyRun(demand, simulated, options) };
  };
  return [
    run(TARGET_TRACKING, (step) => targetTracking(demand, step, DEFAULT_TARGET)),
    run(STATIC_PEAK, () => peak),
    run(ORACLE, (step) => oracle(demand, step, leadSteps)),
  ];
}

/** Target tracking at each target utilization, for its frontier. */
export function runTargets(
  demand: Float64Array,
  targets: readonly number[],
  options: SimulationOptions,
): { readonly knob: number; readonly tally: PolicyTally }[] {
  return targets.map((target) => {
    const simulated = simulatePolicy((step) => targetTracking(demand, step, target), options);
    return { knob: target, tally: tallyRun(demand, simulated, options) };
  });
}

function tallyRun(
  demand: Float64Array,
  run: SimulatedRun,
  { fromStep }: SimulationOptions,
): PolicyTally {
  return tallyPolicy(demand, run.inService, { fromStep, actions: run.actions });
}

/** The largest need before the evaluation, null where nothing was measured by then. */
function peakBefore(demand: Float64Array, step: number): number | null {
  let peak: number | null = null;
  for (const need of demand.subarray(0, step)) {
    if (!Number.isNaN(need)) peak = Math.max(peak ?? 0, Math.ceil(need - 1e-9));
  }
  return peak;
}
