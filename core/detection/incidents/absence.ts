import { perResource, RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { DetectionSettings, MissingData } from '#core/domain/settings/settings.ts';
import type { DetectorState } from './detector-state.ts';
import { uneventful, type LifecycleContext, type LifecycleResult } from './incident-lifecycle.ts';

/** Measurements after which an application counts as measured. */
const LEAST_ROWS = 12;

/**
 * Opens an incident if nothing was measured for `absenceSeconds`. Its main resource is the first
 * one that was measured before. An incident that is already open gets the cause "absence" and pages
 * instead.
 */
export function openByAbsence(
  state: DetectorState,
  context: LifecycleContext,
  { absenceSeconds }: DetectionSettings,
): LifecycleResult {
  const { atSeconds, calendar } = context;
  const last = state.lastPointSeconds;
  const isAbsent =
    absenceSeconds > 0 && last !== null && atSeconds - last >= absenceSeconds && !calendar.isMuted;
  const resource = measuredBefore(state)[0];
  if (!isAbsent || resource === undefined) return uneventful(state);
  return state.open === null
    ? openSilence(state, { ...context, resource, lastSeconds: last })
    : silenceOpen(state, state.open, context);
}

function openSilence(
  state: DetectorState,
  {
    applicationId,
    calendar,
    resource,
    lastSeconds,
  }: LifecycleContext & { readonly resource: Resource; readonly lastSeconds: number },
): LifecycleResult {
  // The recent points are gone if a long silence ended an incident before.
  const before = state.resources[resource]?.recent.at(-1) ?? { expected: 0, lower: 0, upper: 0 };
  const opened: Incident = {
    applicationId,
    resource,
    resources: measuredBefore(state),
    direction: 'below',
    level: calendar.isDeploying ? 'warn' : 'page',
    causes: ['absence'],
    suspect: 'application',
    afterDeploy: calendar.isDeploying,
    startSeconds: lastSeconds,
    endSeconds: null,
    severity: 0,
    peakActual: 0,
    expected: before.expected,
    lower: before.lower,
    upper: before.upper,
  };
  const after = { ...state, open: opened, involved: {}, quietSteps: 0, quietSinceSeconds: null };
  return { ...uneventful(after), opened };
}

function silenceOpen(
  state: DetectorState,
  open: Incident,
  { calendar }: LifecycleContext,
): LifecycleResult {
  if (open.causes.includes('absence')) return uneventful(state);
  const level = calendar.isDeploying ? open.level : 'page';
  const escalated: Incident = { ...open, level, causes: ['absence', ...open.causes] };
  return { ...uneventful({ ...state, open: escalated }), escalated };
}

const measuredBefore = ({ resources }: DetectorState): readonly Resource[] =>
  RESOURCES.filter((resource) => (resources[resource]?.rows ?? 0) >= LEAST_ROWS);

/**
 * Meaning of an application that stops being measured altogether, by the policies of the resources
 * that were measured before: `breach` if one of them has it, `zero` if all of them have it,
 * otherwise `ignore` (the absence opens an incident of its own).
 */
export function silenceMeans(
  state: DetectorState,
  { missing }: Pick<DetectionSettings, 'missing'>,
): MissingData {
  const policies = measuredBefore(state).map((resource) => missing[resource]);
  if (policies.includes('breach')) return 'breach';
  return policies.length > 0 && policies.every((policy) => policy === 'zero') ? 'zero' : 'ignore';
}

/**
 * Usage of an application whose silence means zero: 0 for each resource that was measured before.
 */
export const silentUse = (state: DetectorState): Footprint => {
  const measured = measuredBefore(state);
  return perResource((resource) => (measured.includes(resource) ? 0 : null));
};
