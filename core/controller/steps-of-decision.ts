import type { Settings } from '#core/domain/settings/settings.ts';
import { warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import { firstSteps } from '#models/contract/first-steps.ts';

/**
 * Steps ahead, counted from 1, that a decision and the monitoring after it look at; the others need
 * not be forecast.
 */
export function stepsOfDecision(settings: Settings): readonly number[] {
  const { allocation, stepSeconds } = settings;
  const lead = warmUpHorizon(allocation.warmUpSeconds, stepSeconds);
  const judged = forecastLagSteps(settings) + 1;
  return judged > lead ? [...firstSteps(lead), judged] : firstSteps(lead);
}
