import { RESOURCES, type Resource } from '#core/footprint.ts';
import type { Incident } from '#core/incident.ts';
import type { DetectionSettings } from '#core/settings.ts';
import type { DetectorState } from './detector-state.ts';
import type { CourseContext, CourseResult } from './incident-course.ts';

/** An application is known to measure after so many measurements. */
const LEAST_ROWS = 12;

/** Nothing was measured for long: that is an incident of its own, led by the first resource that used to be measured. */
export function openByAbsence(
  state: DetectorState,
  { applicationId, atSeconds, calendar }: CourseContext,
  { absenceSeconds }: DetectionSettings,
): CourseResult {
  const resource = measuredBefore(state);
  const last = state.lastPointSeconds;
  const isAbsent =
    absenceSeconds > 0 && last !== null && atSeconds - last >= absenceSeconds && !calendar.isMuted;
  if (!isAbsent || resource === null || state.open !== null) {
    return { state, opened: null, resolved: null };
  }
  const before = state.resources[resource]?.recent.at(-1);
  if (before === undefined) return { state, opened: null, resolved: null };
  const opened: Incident = {
    applicationId,
    resource,
    resources: RESOURCES.filter((one) => state.resources[one] !== undefined),
    direction: 'below',
    level: calendar.isDeploying ? 'warn' : 'page',
    causes: ['absence'],
    suspect: 'application',
    afterDeploy: calendar.isDeploying,
    startSeconds: last,
    endSeconds: null,
    severity: 0,
    peakActual: 0,
    expected: before.expected,
    lower: before.lower,
    upper: before.upper,
  };
  const after = { ...state, open: opened, involved: {}, quietSteps: 0, quietSinceSeconds: null };
  return { state: after, opened, resolved: null };
}

function measuredBefore({ resources }: DetectorState): Resource | null {
  return RESOURCES.find((resource) => (resources[resource]?.rows ?? 0) >= LEAST_ROWS) ?? null;
}
