import type { AllocationDecision, Decision } from '#core/domain/allocation.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { summarize } from '#core/text/summarize-reason.ts';
import { expectedLater } from './expected-later.ts';

/**
 * A decision with what its log entry adds: the reason in words, and what the step one forecast lag
 * later is expected to use.
 */
export function describeDecision(
  decision: Decision,
  forecast: FootprintForecast | null,
  settings: Settings,
): AllocationDecision {
  const { reason, instances, decidedAtSeconds } = decision;
  return {
    ...decision,
    expected: expectedLater(forecast, decidedAtSeconds, settings),
    reason: { ...reason, summary: summarize(reason, instances) },
  };
}
