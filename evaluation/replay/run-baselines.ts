import type { Baseline, BaselineContext } from '#evaluation/baselines/baseline.ts';
import { createSeenDemand } from '#evaluation/simulation/seen-demand.ts';
import type { ServiceRule } from '#evaluation/simulation/service-rule.ts';
import {
  simulatePolicy,
  type SimulatedRun,
  type SimulationOptions,
} from '#evaluation/simulation/simulate-policy.ts';
import { tallyPolicy, type PolicyTally } from './policy-tally.ts';

export interface BaselineRun extends SimulatedRun {
  readonly name: string;
  readonly tally: PolicyTally;
}

/** A baseline and the settings of its knob that make its frontier. */
export interface SweptBaseline {
  readonly baseline: Baseline;
  readonly knobs: readonly number[];
}

/** What a replay needs to know of an application to let a baseline steer it. */
export interface BaselineScenario {
  /** Need in instances per step, NaN where not measured. */
  readonly demand: Float64Array;
  readonly parts?: BaselineContext['parts'];
  readonly stepSeconds: number;
  readonly startSeconds: number;
  readonly options: SimulationOptions;
  readonly service: ServiceRule;
}

/** What other policies would have done on the same demand, each at its own setting. */
export function runBaselines(
  baselines: readonly Baseline[],
  scenario: BaselineScenario,
): BaselineRun[] {
  return baselines.map((baseline) => ({
    name: baseline.name,
    ...runBaseline(baseline, baseline.knob, scenario),
  }));
}

/**
 * Every baseline at every setting of its knob.
 * @param own what `runBaselines` gave for the same baselines: nothing is run twice.
 */
export function sweepBaselines(
  swept: readonly SweptBaseline[],
  scenario: BaselineScenario,
  own: readonly BaselineRun[] = [],
): { readonly policy: string; readonly knob: number; readonly tally: PolicyTally }[] {
  return swept.flatMap(({ baseline, knobs }) => {
    const known = own.find(({ name }) => name === baseline.name);
    return knobs.map((knob) => {
      const run = (knob === baseline.knob && known) || runBaseline(baseline, knob, scenario);
      return { policy: baseline.frontierName ?? baseline.name, knob, tally: run.tally };
    });
  });
}

function runBaseline(baseline: Baseline, knob: number, scenario: BaselineScenario) {
  const { demand, parts, options, service } = scenario;
  const { fromStep } = options;
  const { objective, isCapped } = service;
  const isBlind = isCapped && !baseline.readsAhead;
  const seen = isBlind ? createSeenDemand(demand, fromStep) : null;
  const memory = seen && parts ? createSeenDemand(parts.memory, fromStep) : null;
  const others = seen && parts ? createSeenDemand(parts.others, fromStep) : null;
  const context: BaselineContext = {
    ...scenario,
    demand: seen?.values ?? demand,
    parts: memory && others ? { memory: memory.values, others: others.values } : parts,
    warmUpHorizon: options.warmUpSteps + 1,
    fromStep,
    objective,
  };
  const run = simulatePolicy(baseline.steer(context, knob), options, (step, inService) => {
    seen?.show(step, inService);
    memory?.show(step, inService);
    others?.show(step, inService);
  });
  const { inService, actions } = run;
  return { ...run, tally: tallyPolicy(demand, inService, { fromStep, actions, objective }) };
}
