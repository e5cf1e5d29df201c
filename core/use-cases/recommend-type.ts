import {
  recommendSize,
  type InstanceType,
  type SizeRecommendation,
} from '#core/capacity/recommend-size.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';

/**
 * Which of the types would have served an application cheapest over the history that training
 * reads, up to the decision: see `recommendSize`.
 */
export async function recommendType(
  history: HistoryStore,
  asked: { readonly decision: AllocationDecision; readonly types: readonly InstanceType[] },
  { stepSeconds, training, allocation }: Settings,
): Promise<readonly SizeRecommendation[]> {
  const { applicationId, decidedAtSeconds, reason } = asked.decision;
  const toSeconds = stepStart(decidedAtSeconds, stepSeconds);
  const fromSeconds = toSeconds - stepStart(training.windowSeconds, stepSeconds);
  const window = await history.read(applicationId, { fromSeconds, toSeconds }, stepSeconds);
  return recommendSize(window, asked.types, {
    minInstances: reason.limits.minInstances,
    targetUtilization: allocation.targetUtilization,
  });
}
