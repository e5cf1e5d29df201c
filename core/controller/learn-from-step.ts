import {
  clampInstances,
  filledInstances,
  fillingResource,
  holdingInstances,
} from '#core/capacity/limits.ts';
import type { Decision, DecisionReason } from '#core/domain/allocation.ts';
import { perResource, type Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { criticalQuantile, warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { inForce } from './check-utilization.ts';
import type { ControllerState } from './controller-state.ts';
import { advanceHeadroom, HEADROOM_FACTORS, headroomFactor } from './headroom-trial.ts';
import { advanceShortages, lastingStepsAt } from './lasting-shortage.ts';
import { reactiveShare } from './reactive-headroom.ts';
import { recentPeak } from './reactive-need.ts';
import { advanceServiceTrial, trialFor } from './service/service-trial.ts';
import { trackingRule } from './service/tracked-group.ts';

/**
 * Reactive behaviour holds the largest need of so many steps, as target tracking's scale-in does.
 */
const RECENT_STEPS = 3;

/** The parts of a decision that are judged by what is used. */
export interface JudgedDecision extends Pick<Decision, 'allocated' | 'serving'> {
  readonly reason: Pick<DecisionReason, 'source' | 'instances' | 'limits' | 'instanceCapacity'>;
}

/** What the controller learns of its own decisions. */
export type LearntState = Pick<
  ControllerState,
  'recentUses' | 'shortages' | 'headroom' | 'service'
>;

/** Learns from one measured step and the decision that was in force in it. */
export function learnFromStep(
  before: LearntState,
  { actual, decision }: { readonly actual: Footprint; readonly decision: JudgedDecision | null },
  { allocation, stepSeconds }: Settings,
): LearntState {
  const { shortages, headroom, service } = before;
  const recentUses = [...before.recentUses, actual].slice(-RECENT_STEPS);
  const counted = decision?.reason.instances;
  const unjudged = { recentUses, shortages, headroom, ...(service && { service }) };
  if (!decision || !counted || decision.reason.source === 'default') return unjudged;
  const { targetUtilization, shortageCost, idleCost } = allocation;
  const { limits } = decision.reason;
  const used = filledInstances(actual, decision.reason, targetUtilization);
  if (used === null) return unjudged;
  const recent = recentPeak(before);
  const peak = filledInstances(recent, decision.reason, targetUtilization) ?? 0;
  const filling = fillingResource(recent, decision.reason, targetUtilization);
  const usable = filling === null ? 1 : targetUtilization[filling];
  const held = perResource((resource) => {
    const holds = inForce(decision, resource);
    return holds === null ? null : holds * allocation.overThreshold;
  });
  const lastingSteps = lastingStepsAt(criticalQuantile(allocation));
  const forecast = clampInstances(counted.kept, limits);
  const costs = {
    used: Math.min(used, limits.maxInstances),
    shortageCost,
    idleCost,
    stepSeconds,
  };
  // What was in use when the decision was made stayed, whatever paid.
  const last = before.recentUses.at(-1);
  const inUse = last ? (filledInstances(last, decision.reason, targetUtilization) ?? 0) : 0;
  const stayed = holdingInstances(inUse, limits);
  const serving = decision.serving ?? decision.allocated;
  const inService = filledInstances(serving, decision.reason, targetUtilization) ?? 0;
  const steps = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  return {
    recentUses,
    shortages: advanceShortages(shortages, { actual, held }, { lastingSteps, stepSeconds }),
    headroom: advanceHeadroom(headroom, {
      wanted: HEADROOM_FACTORS.map((_, k) =>
        Math.max(forecast, holdingInstances(peak * headroomFactor(k, usable), limits)),
      ),
      ...costs,
      warmUpHorizon: steps,
      lastingSteps,
    }),
    ...(counted.service && {
      service: advanceServiceTrial(trialFor(service, counted.service.isBeside), {
        asked: counted.service.tried.map((instances) =>
          Math.max(stayed, clampInstances(instances, limits)),
        ),
        share: reactiveShare(usable, allocation.policyTarget),
        usable,
        used: costs.used,
        inService,
        rule: trackingRule(allocation),
        endsAtCapacity: allocation.useEndsAtCapacity,
        stepSeconds,
        warmUpHorizon: steps,
      }),
    }),
  };
}
