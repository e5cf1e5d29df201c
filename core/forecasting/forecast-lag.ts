import type { Settings } from '#core/domain/settings/settings.ts';

/** Steps between a forecast and the step whose measurement is compared with it. */
export function forecastLagSteps({
  detection,
  stepSeconds,
}: Pick<Settings, 'detection' | 'stepSeconds'>): number {
  return Math.round(detection.leadSeconds / stepSeconds);
}
