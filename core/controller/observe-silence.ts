import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { ControllerState } from './controller-state.ts';
import type { Observed } from './observe.ts';

export interface SilentStep {
  readonly applicationId: string;
  /** Start of the last step that has ended. */
  readonly stepSeconds: number;
  /** Silence from which it is an incident; 0 never. */
  readonly silentSeconds: number;
}

/**
 * Observes an application of which nothing was measured up to a step.
 * @returns null while that is no news: then the step is not over, late measurements are observed.
 */
export function observeSilence(
  before: ControllerState,
  { applicationId, stepSeconds, silentSeconds }: SilentStep,
  settings: Settings,
): Observed | null {
  const { state, opened, escalated, resolved, changed } = detectFootprint(
    before.detector,
    {
      applicationId,
      timestampSeconds: stepSeconds,
      actual: EMPTY_FOOTPRINT,
      expected: {},
      openMetric,
    },
    { ...settings.detection, absenceSeconds: silentSeconds },
  );
  if (changed.length === 0) return null;
  const { correction } = before;
  return {
    state: { ...before, detector: state },
    events: { opened, escalated, resolved, changed, correction, retrain: [] },
  };
}
