import { tallyPolicy, type PolicyTally } from './policy-tally.ts';
import type { Rival, RivalContext } from '#evaluation/baselines/baseline.ts';
import {
  simulatePolicy,
  type SimulatedRun,
  type SimulationOptions,
} from '#evaluation/simulation/simulate-policy.ts';

export interface RivalRun extends SimulatedRun {
  readonly name: string;
  readonly tally: PolicyTally;
}

/** A rival and the settings of its knob that make its frontier. */
export interface SweptRival {
  readonly rival: Rival;
  readonly knobs: readonly number[];
}

/** What a replay needs to know of an application to let a rival steer it. */
export interface RivalScenario {
  /** Need in instances per step, NaN where not measured. */
  readonly demand: Float64Array;
  readonly stepSeconds: number;
  readonly startSeconds: number;
  readonly options: SimulationOptions;
}

/** What other policies would have done on the same demand, each at its own setting. */
export function runRivals(rivals: readonly Rival[], scenario: RivalScenario): RivalRun[] {
  return rivals.map((rival) => ({ name: rival.name, ...runRival(rival, rival.knob, scenario) }));
}

/**
 * Every rival at every setting of its knob.
 * @param own what `runRivals` gave for the same rivals: nothing is run twice.
 */
export function sweepRivals(
  swept: readonly SweptRival[],
  scenario: RivalScenario,
  own: readonly RivalRun[] = [],
): { readonly policy: string; readonly knob: number; readonly tally: PolicyTally }[] {
  return swept.flatMap(({ rival, knobs }) => {
    const known = own.find(({ name }) => name === rival.name);
    return knobs.map((knob) => {
      const run = (knob === rival.knob && known) || runRival(rival, knob, scenario);
      return { policy: rival.frontierName ?? rival.name, knob, tally: run.tally };
    });
  });
}

function runRival(rival: Rival, knob: number, scenario: RivalScenario) {
  const { demand, options } = scenario;
  const context: RivalContext = {
    ...scenario,
    leadSteps: options.bootSteps + 1,
    fromStep: options.fromStep,
  };
  const run = simulatePolicy(rival.steer(context, knob), options);
  const { fromStep } = options;
  return { ...run, tally: tallyPolicy(demand, run.inService, { fromStep, actions: run.actions }) };
}
