import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { decide } from '#core/controller/decide.ts';
import { observe, type ObservedStep } from '#core/controller/observe.ts';
import type { DecisionInput } from '#core/controller/snapshot.ts';
import type { DetectorState } from '#core/detection/incidents/detector-state.ts';
import type { Decision } from '#core/domain/allocation.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { DemandForecast } from '#core/evidence/demand-forecast.ts';
import type { SimulationOptions } from '#evaluation/simulation/simulate-policy.ts';
import {
  createSimulatedGroup,
  type SimulatedGroup,
} from '#evaluation/simulation/simulated-group.ts';

/** Foreprint at one quantile, beside the one that is replayed in full: a point of its frontier. */
export interface FrontierVariant {
  readonly quantile: number;
  readonly group: SimulatedGroup;
  readonly inService: Float64Array;
  /** Decides at the start of a step on what the replayed application knows, for its own group. */
  decide(step: number, input: DecisionInput, forecast: DemandForecast | null): void;
  /** Learns what was used in that step; `detector` has seen it already. */
  observe(step: SharedStep, detector: DetectorState): void;
}

/** A measured step as all variants see it. */
export type SharedStep = Omit<ObservedStep, 'decision'>;

/** Settings whose costs choose the given quantile. */
export function withQuantile(settings: Settings, quantile: number): Settings {
  return {
    ...settings,
    allocation: {
      ...settings.allocation,
      service: 'cost',
      shortageCost: quantile,
      idleCost: 1 - quantile,
    },
  };
}

/** A variant with its own group and its own state; forecast and incidents are those of all. */
export function createVariant(
  quantile: number,
  options: SimulationOptions,
  settings: Settings,
): FrontierVariant {
  const own = withQuantile(settings, quantile);
  const group = createSimulatedGroup(options);
  const inService = new Float64Array(options.toStep);
  let decision: Decision | null = null;
  let state = NEW_CONTROLLER_STATE;
  return {
    quantile,
    group,
    inService,
    decide(step, input, forecast) {
      group.advanceTo(step);
      // Written out: this runs for every point of the frontier, and spreading takes longer.
      const decided = decide(
        {
          applicationId: input.applicationId,
          applicationType: input.applicationType,
          requested: input.requested,
          nowSeconds: input.nowSeconds,
          profileVersion: input.profileVersion,
          state,
          target: {
            limits: input.target.limits,
            instanceCapacity: input.target.instanceCapacity,
            desiredInstances: group.desired,
            inServiceInstances: group.inService,
          },
        },
        forecast,
        own,
      );
      decision = decided.decision;
      group.setDesired(decision.instances, step);
      inService[step] = group.inService;
    },
    observe(step, detector) {
      state = observe({ ...state, detector }, { ...step, decision }, own).state;
    },
  };
}
