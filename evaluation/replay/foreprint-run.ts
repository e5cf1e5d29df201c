import { largerFootprint } from '#core/capacity/limits.ts';
import {
  countAllocation,
  type CountedAllocation,
  type DecisionInput,
} from '#core/controller/decide-allocation.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import {
  advanceControl,
  fallbackNeed,
  lastingNeed,
  NEW_CONTROL,
  headroomNeed,
} from '#core/controller/control-state.ts';
import { overloadCorrection } from '#core/controller/check-utilization.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import {
  createSimulatedGroup,
  type SimulatedGroup,
} from '#evaluation/simulation/simulated-group.ts';
import type { SimulationOptions } from '#evaluation/simulation/simulate-policy.ts';

/** Foreprint at one quantile, beside the one that is replayed with everything it logs: a point of its frontier. */
export interface ForeprintVariant {
  readonly quantile: number;
  readonly group: SimulatedGroup;
  readonly inService: Float64Array;
  /** Decides at the start of a step; `incidents` is what open incidents demand. */
  decide(step: number, input: SharedInput, incidents: Footprint): void;
  /** Learns what was used in that step. */
  observe(actual: Footprint): void;
}

/** What all variants share: everything but what their own groups and their own monitoring say. */
export interface SharedInput extends Omit<DecisionInput, 'correction' | 'fallback' | 'target'> {
  readonly shares: InstanceShares | null;
  readonly target: Pick<DecisionInput['target'], 'limits' | 'instanceCapacity'>;
}

/** Settings whose costs choose the given quantile. */
export function withQuantile(settings: Settings, quantile: number): Settings {
  return {
    ...settings,
    allocation: { ...settings.allocation, shortageCost: quantile, idleCost: 1 - quantile },
  };
}

/** A variant with its own group and its own corrections, sharing forecasts and incidents with all others. */
export function createVariant(
  quantile: number,
  options: SimulationOptions,
  settings: Settings,
): ForeprintVariant {
  const own = withQuantile(settings, quantile);
  const group = createSimulatedGroup(options);
  const inService = new Float64Array(options.toStep);
  let decision: CountedAllocation | null = null;
  let overload: Footprint = EMPTY_FOOTPRINT;
  let control = NEW_CONTROL;
  return {
    quantile,
    group,
    inService,
    decide(step, input, incidents) {
      group.advanceTo(step);
      // Written out: this runs for every point of the frontier in every step, where spreading objects is most of the work.
      const decided: DecisionInput = {
        applicationId: input.applicationId,
        applicationType: input.applicationType,
        requested: input.requested,
        forecast: input.forecast,
        shares: input.shares,
        target: {
          limits: input.target.limits,
          instanceCapacity: input.target.instanceCapacity,
          desiredInstances: group.desired,
          inServiceInstances: group.inService,
        },
        correction: largerFootprint(largerFootprint(overload, incidents), headroomNeed(control)),
        fallback: fallbackNeed(control),
        profileVersion: input.profileVersion,
        nowSeconds: input.nowSeconds,
      };
      decision = countAllocation(decided, own);
      group.setDesired(decision.instances, step);
      inService[step] = group.inService;
    },
    observe(actual) {
      control = advanceControl(control, { actual, decision }, own);
      const correction = overloadCorrection(actual, decision, own.allocation);
      overload = largerFootprint(correction, lastingNeed(control));
    },
  };
}
