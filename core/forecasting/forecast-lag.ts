import type { Settings } from '#core/domain/settings/settings.ts';

/** Steps between a forecast and the step that is judged by it. */
export function forecastLagSteps({
  detection,
  stepSeconds,
}: Pick<Settings, 'detection' | 'stepSeconds'>): number {
  return Math.round(detection.leadSeconds / stepSeconds);
}
