import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { announce } from './announce.ts';
import { readMonitorState } from '#core/controller/monitor-state.ts';
import type { MonitoringPorts } from './monitor-step.ts';

/**
 * Looks at an application of which nothing new was measured up to the step at `stepSeconds`, the last that has ended.
 * @param silentSeconds silence from which it is an incident; 0 never.
 * @returns null while that brings no news; nothing is saved then, so that late measurements are still monitored.
 */
export async function monitorSilence(
  ports: MonitoringPorts,
  {
    applicationId,
    stepSeconds,
    silentSeconds,
  }: {
    readonly applicationId: string;
    readonly stepSeconds: number;
    readonly silentSeconds: number;
  },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const state = await readMonitorState(ports.incidents, applicationId);
  const actual = EMPTY_FOOTPRINT;
  const detection = detectFootprint(
    state.detector,
    { applicationId, timestampSeconds: stepSeconds, actual, expected: {} },
    { ...settings.detection, absenceSeconds: silentSeconds },
  );
  if (detection.changed.length === 0) return null;
  const unannounced = await announce(ports.notifier, state, detection);
  await ports.incidents.save(
    applicationId,
    { ...state, detector: detection.state, unannounced },
    detection.changed,
  );
  return {
    applicationId,
    atSeconds: stepSeconds,
    actual,
    allocated: EMPTY_FOOTPRINT,
    utilization: null,
    status: 'not-measured',
    correction: state.correction,
    opened: detection.opened,
    escalated: detection.escalated,
    resolved: detection.resolved,
    badForecasts: [],
    retrain: [],
  };
}
