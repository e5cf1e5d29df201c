import { detectionLeadSteps } from '#core/detect/detection-lead.ts';
import type { Settings } from '#core/settings.ts';
import { firstSteps } from '#models/first-steps.ts';
import { leadSteps } from './forecast-need.ts';

/** Steps ahead, counted from 1, that a decision and the monitoring after it look at; the others need not be forecast. */
export function stepsOfDecision(settings: Settings): readonly number[] {
  const { allocation, stepSeconds } = settings;
  const lead = leadSteps(allocation.bootSeconds, stepSeconds);
  const judged = detectionLeadSteps(settings) + 1;
  return judged > lead ? [...firstSteps(lead), judged] : firstSteps(lead);
}
