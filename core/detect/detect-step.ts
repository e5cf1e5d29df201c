import type { ExpectedInterval } from '#core/allocation.ts';
import type { Incident } from '#core/incident.ts';
import type { DetectionSettings } from '#core/settings.ts';
import type { DetectorPoint, ResourceDetectorState } from './detector-state.ts';
import { suspicion } from './suspicion.ts';

const HOUR = 3600;
/** A silence this long ends an incident: whatever it was, nobody saw it go on. */
const LONG_GAP_SECONDS = 6 * HOUR;
/** An incident this old ends: the forecasts have been trained on it, it is the new normal. */
const MAX_AGE_SECONDS = 24 * HOUR;
/** How much worse than the ended incident the same deviation must get to be reported again before it was quiet. */
const WORSE_FACTOR = 2;
/** Weight of a new point in the usual level: about a day of five-minute points. */
const LEVEL_RATE = 1 / 288;

export interface DetectorObservation {
  readonly timestampSeconds: number;
  /** Null where nothing was measured. */
  readonly actual: number | null;
  /** Null where nothing was forecast. */
  readonly expected: ExpectedInterval | null;
}

export interface DetectionResult {
  readonly state: ResourceDetectorState;
  readonly opened: Incident | null;
  readonly resolved: Incident | null;
  /** The incident that is open after this observation. */
  readonly open: Incident | null;
  /** Distance of this point outside the interval in half widths, 0 inside. */
  readonly severity: number;
}

/**
 * One observation of one resource. An incident opens when `m` of the last `n` points lie outside on the same side, grows
 * while they do, and ends after `quietSteps` points in a row off that side, when the other side opens, after a silence
 * of six hours, or after a day. Missing values neither open nor end anything by themselves. An observation that is not
 * later than the last one changes nothing, so that a repeated delivery is harmless.
 * The forecast must have been made before the observation; the point is judged before it is learnt from.
 */
export function detectStep(
  before: ResourceDetectorState,
  observation: DetectorObservation,
  settings: DetectionSettings,
): DetectionResult {
  const at = observation.timestampSeconds;
  if (before.lastSeconds !== null && at <= before.lastSeconds) return unchanged(before);
  const { state, resolved } = endBySilence({ ...before, lastSeconds: at }, at);
  const { actual, expected } = observation;
  if (actual === null || expected === null || !Number.isFinite(actual)) {
    return { ...unchanged(state), resolved };
  }
  const point = judge(state, { at, actual, expected }, settings);
  const learnt = learn(state, point, settings);
  const result = learnt.open === null ? closedStep(learnt, settings) : openStep(learnt, settings);
  return { ...result, resolved: result.resolved ?? resolved, severity: point.severity };
}

const unchanged = (state: ResourceDetectorState): DetectionResult => ({
  state,
  opened: null,
  resolved: null,
  open: state.open,
  severity: 0,
});

function endBySilence(
  state: ResourceDetectorState,
  at: number,
): { readonly state: ResourceDetectorState; readonly resolved: Incident | null } {
  const last = state.lastPointSeconds;
  if (last === null || at - last < LONG_GAP_SECONDS) return { state, resolved: null };
  const resolved = state.open === null ? null : { ...state.open, endSeconds: last };
  return { state: { ...state, ...CALM, recent: [] }, resolved };
}

const CALM = { open: null, quietSteps: 0, quietSinceSeconds: null } as const;

function judge(
  state: ResourceDetectorState,
  {
    at,
    actual,
    expected,
  }: { readonly at: number; readonly actual: number; readonly expected: ExpectedInterval },
  settings: DetectionSettings,
): DetectorPoint {
  const { minimumRelativeDeviation, minimumSeverity } = settings;
  const { usualLevel } = state;
  return {
    atSeconds: at,
    actual,
    ...suspicion(actual, expected, { minimumRelativeDeviation, minimumSeverity, usualLevel }),
    expected: expected.median,
    lower: expected.lower,
    upper: expected.upper,
  };
}

function learn(
  state: ResourceDetectorState,
  point: DetectorPoint,
  settings: DetectionSettings,
): ResourceDetectorState {
  const size = Math.abs(point.actual);
  const first = state.lastPointSeconds === null;
  const side = (state.open ?? state.muted)?.direction;
  const quiet = point.direction === null || point.direction !== side;
  const quietSteps = quiet ? state.quietSteps + 1 : 0;
  return {
    ...state,
    recent: [...state.recent, point].slice(-settings.n),
    lastPointSeconds: point.atSeconds,
    usualLevel: first ? size : state.usualLevel + LEVEL_RATE * (size - state.usualLevel),
    quietSteps,
    quietSinceSeconds: quiet ? (state.quietSinceSeconds ?? point.atSeconds) : null,
    muted: quietSteps >= settings.quietSteps ? null : state.muted,
  };
}

/** No incident is open: does one open? */
function closedStep(state: ResourceDetectorState, settings: DetectionSettings): DetectionResult {
  const opened = opening(state, settings);
  if (opened === null) return unchanged(state);
  const after = { ...state, open: opened, quietSteps: 0, quietSinceSeconds: null, muted: null };
  return { ...unchanged(after), opened };
}

function opening(state: ResourceDetectorState, settings: DetectionSettings): Incident | null {
  const direction = state.recent.at(-1)!.direction;
  if (direction === null) return null;
  const outside = state.recent.filter((point) => point.direction === direction);
  if (outside.length < settings.m) return null;
  const peak = outside.reduce((worst, p) => (p.severity > worst.severity ? p : worst));
  const { muted } = state;
  const known = muted !== null && muted.direction === direction;
  if (known && peak.severity < WORSE_FACTOR * muted.severity) return null;
  return {
    applicationId: state.applicationId,
    resource: state.resource,
    direction,
    startSeconds: outside[0]!.atSeconds,
    endSeconds: null,
    ...peakOf(peak),
  };
}

const peakOf = (
  point: DetectorPoint,
): Pick<Incident, 'severity' | 'peakActual' | 'expected' | 'lower' | 'upper'> => ({
  severity: point.severity,
  peakActual: point.actual,
  expected: point.expected,
  lower: point.lower,
  upper: point.upper,
});

/** An incident is open: does it grow, end, or give way to one on the other side? */
function openStep(state: ResourceDetectorState, settings: DetectionSettings): DetectionResult {
  const open = state.open!;
  const point = state.recent.at(-1)!;
  if (point.direction !== null && point.direction !== open.direction) {
    const other = opening(state, settings);
    if (other !== null) {
      const endSeconds = state.quietSinceSeconds ?? point.atSeconds;
      const after = { ...state, ...CALM, open: other };
      return { ...unchanged(after), opened: other, resolved: { ...open, endSeconds } };
    }
  }
  if (state.quietSteps >= settings.quietSteps) {
    const resolved = { ...open, endSeconds: state.quietSinceSeconds ?? point.atSeconds };
    return { ...unchanged({ ...state, ...CALM, recent: [] }), resolved };
  }
  const worse = point.direction === open.direction && point.severity > open.severity;
  const grown = worse ? { ...open, ...peakOf(point) } : open;
  return point.atSeconds - open.startSeconds < MAX_AGE_SECONDS
    ? unchanged({ ...state, open: grown })
    : endByAge(state, grown);
}

function endByAge(state: ResourceDetectorState, open: Incident): DetectionResult {
  const resolved = { ...open, endSeconds: state.lastPointSeconds };
  const muted = { direction: open.direction, severity: open.severity };
  return { ...unchanged({ ...state, ...CALM, recent: [], muted }), resolved };
}
