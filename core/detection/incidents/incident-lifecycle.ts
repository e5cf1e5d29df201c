import { RESOURCES } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import type { CalendarState } from './calendar.ts';
import type { DetectorPoint, DetectorState, Echo } from './detector-state.ts';
import { candidates, incidentOf, peakOf, type Candidate } from './incident-candidates.ts';

const HOUR = 3600;
/** A silence of this length ends an incident, because nothing shows that it continued. */
const LONG_GAP_SECONDS = 6 * HOUR;
/** An incident of this age ends: forecasts have been trained on it, so it is the new normal. */
const MAX_AGE_SECONDS = 24 * HOUR;
/**
 * A forecast made during an incident may have followed it. The end of the incident then looks like
 * a deviation on the other side. For this time after an incident a deviation on the other side
 * opens a new one only if it would page and is outside the band of the simple forecast, which
 * follows slowly.
 */
const ECHO_SECONDS = 2 * HOUR;

export interface LifecycleResult {
  readonly state: DetectorState;
  readonly opened: Incident | null;
  /** The open incident, if it has just become severe enough for a second message. */
  readonly escalated: Incident | null;
  readonly resolved: Incident | null;
}

/** Result of a step that changes only the state. */
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

/** A detector's state while an incident is open. */
type OpenState = DetectorState & { readonly open: Incident };

const isOpen = (state: DetectorState): state is OpenState => state.open !== null;

const CALM = { open: null, involved: {}, quietSteps: 0, quietSinceSeconds: null } as const;

/** Ends an incident after a long silence. */
export function endBySilence(state: DetectorState, atSeconds: number): LifecycleResult {
  const last = state.lastPointSeconds;
  const isSilent = last !== null && atSeconds - last >= LONG_GAP_SECONDS;
  if (!isSilent || state.open?.causes.includes('absence')) {
    return uneventful(state);
  }
  const resolved = state.open === null ? null : { ...state.open, endSeconds: last };
  return { ...uneventful({ ...forgetRecent(state), ...CALM }), resolved };
}

/**
 * Opens, grows or ends the application's incident, after its resources were compared with their
 * forecasts.
 */
export function advanceIncident(
  state: DetectorState,
  context: LifecycleContext,
  settings: DetectionSettings,
): LifecycleResult {
  const deviating = context.calendar.isMuted ? [] : candidates(state, settings);
  const counted = countQuiet(state, context.atSeconds, settings);
  return isOpen(counted)
    ? openStep(counted, { deviating, context }, settings)
    : closedStep(counted, deviating, context);
}

function closedStep(
  state: DetectorState,
  deviating: readonly Candidate[],
  context: LifecycleContext,
): LifecycleResult {
  const [worst] = deviating;
  if (worst === undefined) return uneventful(state);
  const opened = incidentOf(deviating, state, context);
  if (isEcho(state.echo, worst, opened, context.atSeconds)) return uneventful(state);
  const after = {
    ...state,
    ...CALM,
    open: opened,
    involved: sidesOf(deviating),
    muted: null,
    echo: null,
  };
  return { ...uneventful(after), opened };
}

/**
 * True if the candidate is the end of the open incident, not a new deviation on the other side. An
 * incident that lasted longer than the forecast lag may have been followed by the forecast.
 */
function isOwnEnd(turned: Candidate, state: OpenState, context: LifecycleContext): boolean {
  const lasted = context.atSeconds - state.open.startSeconds;
  return lasted >= HOUR && isReturn(turned, incidentOf([turned], state, context));
}

/**
 * True if the deviation would not page, or if the value is back in the band of the simple forecast.
 */
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

const sidesOf = (deviating: readonly Candidate[]): DetectorState['involved'] =>
  Object.fromEntries(deviating.map(({ resource, direction }) => [resource, direction]));

/**
 * Counts the points in a row that are not on the side of the open incident, or of the incident that
 * ended by its age.
 */
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
  state: OpenState,
  {
    deviating,
    context,
  }: { readonly deviating: readonly Candidate[]; readonly context: LifecycleContext },
  settings: DetectionSettings,
): LifecycleResult {
  const { open } = state;
  const turned = deviating.find(
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
  const grown = grow(state, deviating, context);
  if (context.atSeconds - open.startSeconds < MAX_AGE_SECONDS) {
    return { ...uneventful(grown), escalated: isPaged(open, grown.open) ? grown.open : null };
  }
  const { resource, direction, severity } = grown.open;
  const muted = { resource, direction, severity };
  const resolved = { ...grown.open, endSeconds: context.atSeconds };
  return { ...uneventful({ ...forgetRecent(grown), ...CALM, muted }), resolved };
}

/**
 * Ends the incident and opens another one, because the main resource now deviates on the other
 * side.
 */
function giveWay(state: OpenState, turned: Candidate, context: LifecycleContext): LifecycleResult {
  const endSeconds = state.quietSinceSeconds ?? context.atSeconds;
  const opened = incidentOf([turned], state, context);
  const after = { ...state, ...CALM, open: opened, involved: sidesOf([turned]) };
  return { ...uneventful(after), opened, resolved: { ...state.open, endSeconds } };
}

const isPaged = (before: Incident, after: Incident): boolean =>
  before.level === 'warn' && after.level === 'page';

function grow(
  state: OpenState,
  deviating: readonly Candidate[],
  { calendar }: LifecycleContext,
): OpenState {
  const { open } = state;
  const joined = deviating.filter(({ resource }) => !open.resources.includes(resource));
  const point = state.resources[open.resource]?.recent.at(-1);
  const isWorse =
    point !== undefined && point.direction === open.direction && point.severity > open.severity;
  const page = calendar.isDeploying ? undefined : deviating.find(({ isPage }) => isPage);
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
    Object.entries(state.resources).map(([name, resourceState]) => [
      name,
      { ...resourceState, recent: none },
    ]),
  );
  return { ...state, resources };
}
