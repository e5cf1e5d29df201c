import { RESOURCES } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import type { CalendarState } from './calendar.ts';
import type { DetectorPoint, DetectorState, Echo } from './detector-state.ts';
import { candidates, incidentOf, peakOf, type Candidate } from './incident-candidates.ts';

const HOUR = 3600;
/** A silence this long ends an incident: whatever it was, nobody saw it go on. */
const LONG_GAP_SECONDS = 6 * HOUR;
/** An incident this old ends: forecasts have been trained on it, it is the new normal. */
const MAX_AGE_SECONDS = 24 * HOUR;
/**
 * What was expected an hour before, while the incident lasted, may have followed it: then the end of the anomaly looks like an
 * anomaly on the other side. For so long after the incident only what would page somebody opens one there, and not where the
 * simple forecasters, which follow slowly, had it anyway.
 */
const ECHO_SECONDS = 2 * HOUR;

export interface LifecycleResult {
  readonly state: DetectorState;
  readonly opened: Incident | null;
  /** The open incident where it has just become worth a second message. */
  readonly escalated: Incident | null;
  readonly resolved: Incident | null;
}

/** What a step brings that changes nothing but the state. */
export const uneventful = (state: DetectorState): LifecycleResult => ({
  state,
  opened: null,
  escalated: null,
  resolved: null,
});

export interface LifecycleContext {
  readonly applicationId: string;
  readonly atSeconds: number;
  readonly calendar: CalendarState;
}

const CALM = { open: null, involved: {}, quietSteps: 0, quietSinceSeconds: null } as const;

/** Ends an incident that a long silence has made unknowable. */
export function endBySilence(state: DetectorState, atSeconds: number): LifecycleResult {
  const last = state.lastPointSeconds;
  const isSilent = last !== null && atSeconds - last >= LONG_GAP_SECONDS;
  if (!isSilent || state.open?.causes.includes('absence')) {
    return uneventful(state);
  }
  const resolved = state.open === null ? null : { ...state.open, endSeconds: last };
  return { ...uneventful({ ...forgetRecent(state), ...CALM }), resolved };
}

/** Opens, grows or ends the application's incident after its resources were judged. */
export function advanceIncident(
  state: DetectorState,
  context: LifecycleContext,
  settings: DetectionSettings,
): LifecycleResult {
  const found = context.calendar.isMuted ? [] : candidates(state, settings);
  return state.open === null
    ? closedStep(countQuiet(state, context.atSeconds, settings), found, context)
    : openStep(countQuiet(state, context.atSeconds, settings), { found, context }, settings);
}

function closedStep(
  state: DetectorState,
  found: readonly Candidate[],
  context: LifecycleContext,
): LifecycleResult {
  if (found.length === 0) return uneventful(state);
  const opened = incidentOf(found, state, context);
  if (isEcho(state.echo, found[0]!, opened, context.atSeconds)) return uneventful(state);
  const after = {
    ...state,
    ...CALM,
    open: opened,
    involved: sidesOf(found),
    muted: null,
    echo: null,
  };
  return { ...uneventful(after), opened };
}

/** An incident that lasted longer than forecasts look ahead may have been followed; its end is no reason to begin another one. */
function isOwnEnd(turned: Candidate, state: DetectorState, context: LifecycleContext): boolean {
  const lasted = context.atSeconds - state.open!.startSeconds;
  return lasted >= HOUR && isReturn(turned, incidentOf([turned], state, context));
}

/** What would page nobody, or is back where it was before any forecast followed it. */
const isReturn = ({ peak }: Candidate, { level }: Incident): boolean =>
  level === 'warn' || peak.isUsual;

function isEcho(
  echo: Echo | null,
  candidate: Candidate,
  opened: Incident,
  atSeconds: number,
): boolean {
  return (
    echo?.resource === candidate.resource &&
    echo.direction === candidate.direction &&
    isReturn(candidate, opened) &&
    atSeconds <= echo.untilSeconds
  );
}

const sidesOf = (found: readonly Candidate[]): DetectorState['involved'] =>
  Object.fromEntries(found.map(({ resource, direction }) => [resource, direction]));

/** Points in a row that are off the side of the open incident, or of the one that ended by its age. */
function countQuiet(
  state: DetectorState,
  atSeconds: number,
  { quietSteps: needed }: DetectionSettings,
): DetectorState {
  const sides = state.open
    ? state.involved
    : state.muted
      ? { [state.muted.resource]: state.muted.direction }
      : {};
  const isQuiet = RESOURCES.every((resource) => {
    const point = state.resources[resource]?.recent.at(-1);
    return (
      point?.atSeconds !== atSeconds || !point.direction || point.direction !== sides[resource]
    );
  });
  const quietSteps = isQuiet ? state.quietSteps + 1 : 0;
  return {
    ...state,
    quietSteps,
    quietSinceSeconds: isQuiet ? (state.quietSinceSeconds ?? atSeconds) : null,
    muted: quietSteps >= needed ? null : state.muted,
  };
}

function openStep(
  state: DetectorState,
  { found, context }: { readonly found: readonly Candidate[]; readonly context: LifecycleContext },
  settings: DetectionSettings,
): LifecycleResult {
  const open = state.open!;
  const turned = found.find(
    ({ resource, direction }) => resource === open.resource && direction !== open.direction,
  );
  if (turned !== undefined && !isOwnEnd(turned, state, context)) {
    return giveWay(state, turned, context);
  }
  if (state.quietSteps >= settings.quietSteps) {
    const resolved = { ...open, endSeconds: state.quietSinceSeconds ?? context.atSeconds };
    const echo: Echo = {
      resource: open.resource,
      direction: open.direction === 'above' ? 'below' : 'above',
      untilSeconds: context.atSeconds + ECHO_SECONDS,
    };
    return { ...uneventful({ ...forgetRecent(state), ...CALM, echo }), resolved };
  }
  const grown = grow(state, found, context);
  if (context.atSeconds - open.startSeconds < MAX_AGE_SECONDS) {
    return { ...uneventful(grown), escalated: isPaged(open, grown.open!) ? grown.open : null };
  }
  const { resource, direction, severity } = grown.open!;
  const muted = { resource, direction, severity };
  const resolved = { ...grown.open!, endSeconds: context.atSeconds };
  return { ...uneventful({ ...forgetRecent(grown), ...CALM, muted }), resolved };
}

/** The leading resource lies on the other side now: one incident ends and another begins. */
function giveWay(
  state: DetectorState,
  turned: Candidate,
  context: LifecycleContext,
): LifecycleResult {
  const endSeconds = state.quietSinceSeconds ?? context.atSeconds;
  const opened = incidentOf([turned], state, context);
  const after = { ...state, ...CALM, open: opened, involved: sidesOf([turned]) };
  return { ...uneventful(after), opened, resolved: { ...state.open!, endSeconds } };
}

const isPaged = (before: Incident, after: Incident): boolean =>
  before.level === 'warn' && after.level === 'page';

function grow(
  state: DetectorState,
  found: readonly Candidate[],
  { calendar }: LifecycleContext,
): DetectorState {
  const open = state.open!;
  const joined = found.filter(({ resource }) => !open.resources.includes(resource));
  const point = state.resources[open.resource]?.recent.at(-1);
  const isWorse =
    point !== undefined && point.direction === open.direction && point.severity > open.severity;
  const page = calendar.isDeploying ? undefined : found.find(({ isPage }) => isPage);
  const escalates = open.level === 'warn' && page !== undefined;
  if (!isWorse && !escalates && joined.length === 0) return state;
  return {
    ...state,
    open: {
      ...open,
      ...(isWorse ? peakOf(point) : {}),
      ...(escalates
        ? { level: 'page', causes: state.resources[page.resource]!.evidence!.causes }
        : {}),
      resources: [...open.resources, ...joined.map(({ resource }) => resource)],
    },
    involved: { ...state.involved, ...sidesOf(joined) },
  };
}

function forgetRecent(state: DetectorState): DetectorState {
  const none: readonly DetectorPoint[] = [];
  const resources = Object.fromEntries(
    Object.entries(state.resources).map(([name, known]) => [name, { ...known, recent: none }]),
  );
  return { ...state, resources };
}
