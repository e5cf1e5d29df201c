import type { OpenMetric } from '#core/detection/metric/metric-memory.ts';
import type { Expectation } from '#core/domain/allocation.ts';
import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import type { ExpectedStep } from '#core/expectation/expected-step.ts';
import { openByAbsence } from './absence.ts';
import { calendarAt, type CalendarState } from './calendar.ts';
import type { DetectorPoint, DetectorState, ResourceDetectorState } from './detector-state.ts';
import { endBySilence, advanceIncident } from './incident-lifecycle.ts';
import {
  afterLate,
  afterMissing,
  afterPunctual,
  isNews,
  isUsualLag,
  type LateMeasurements,
} from './late-measurement.ts';
import { observeResource, type ResourceObservation } from './observe-resource.ts';

export interface FootprintObservation {
  readonly applicationId: string;
  readonly timestampSeconds: number;
  readonly actual: Footprint;
  readonly expected: Expectation['byResource'];
  /** What was known beforehand of it; nothing where absent. */
  readonly event?: ExpectedStep | undefined;
  /** Newest measurements of resources that this step has none of; none where absent. */
  readonly late?: LateMeasurements | undefined;
  /** Opens metrics from their saved text. */
  readonly openMetric: OpenMetric;
}

export interface FootprintDetection {
  readonly state: DetectorState;
  readonly opened: readonly Incident[];
  readonly escalated: readonly Incident[];
  readonly resolved: readonly Incident[];
  /** The open incident after this observation, if there is one. */
  readonly open: readonly Incident[];
  /** Incidents that opened, grew or ended: a store has to write them. */
  readonly changed: readonly Incident[];
  /** Largest distance outside the expected interval over all resources, in half widths. */
  readonly severity: number;
}

/**
 * Processes one observation of all resources of an application. Each measured resource is compared
 * with its forecast and learned; the application's incident opens, grows or ends. An observation
 * that is not later than the last one changes nothing, so a repeated or late delivery is harmless.
 * Forecasts must have been made before the observation.
 */
export function detectFootprint(
  before: DetectorState,
  observation: FootprintObservation,
  settings: DetectionSettings,
): FootprintDetection {
  const { applicationId, timestampSeconds: atSeconds } = observation;
  if (before.lastSeconds !== null && atSeconds <= before.lastSeconds) return unchanged(before);
  const calendar = calendarAt(settings.calendar, { applicationId, atSeconds });
  const ended = endBySilence({ ...before, lastSeconds: atSeconds }, atSeconds);
  const { lastSeconds } = before;
  const judged = judgeAll(ended.state, { observation, calendar, lastSeconds }, settings);
  const context = { applicationId, atSeconds, calendar };
  const isNew = judged.lastPointSeconds === atSeconds;
  const lifecycle = isNew
    ? advanceIncident(judged, context, settings)
    : openByAbsence(judged, context, settings);
  const resolved = [ended.resolved, lifecycle.resolved].filter((incident) => incident !== null);
  const { open } = lifecycle.state;
  const hasGrown = open !== null && open !== before.open;
  return {
    state: lifecycle.state,
    opened: lifecycle.opened === null ? [] : [lifecycle.opened],
    escalated: lifecycle.escalated === null ? [] : [lifecycle.escalated],
    resolved,
    open: open === null ? [] : [open],
    changed: hasGrown ? [...resolved, open] : resolved,
    severity: Math.max(0, ...pointsAt(lifecycle.state, atSeconds).map(({ severity }) => severity)),
  };
}

const unchanged = (state: DetectorState): FootprintDetection => ({
  state,
  opened: [],
  escalated: [],
  resolved: [],
  open: state.open === null ? [] : [state.open],
  changed: [],
  severity: 0,
});

const pointsAt = ({ resources }: DetectorState, atSeconds: number): readonly DetectorPoint[] =>
  RESOURCES.flatMap((resource) => resources[resource]?.recent.at(-1) ?? []).filter(
    (point) => point.atSeconds === atSeconds,
  );

interface Judging {
  readonly observation: FootprintObservation;
  readonly calendar: CalendarState;
  /** The step before; null without one. */
  readonly lastSeconds: number | null;
}

function judgeAll(
  before: DetectorState,
  judging: Judging,
  settings: DetectionSettings,
): DetectorState {
  const resources: Partial<Record<Resource, ResourceDetectorState>> = { ...before.resources };
  let hasPoint = false;
  for (const resource of RESOURCES) {
    const judged = judgeOne(before.resources[resource], { resource, ...judging }, settings);
    if (judged === null) continue;
    hasPoint = true;
    resources[resource] = judged;
  }
  return hasPoint
    ? { ...before, resources, lastPointSeconds: judging.observation.timestampSeconds }
    : { ...before, resources };
}

/** Null if the step says nothing of the resource. */
function judgeOne(
  before: ResourceDetectorState | undefined,
  { observation, calendar, lastSeconds, resource }: Judging & { readonly resource: Resource },
  settings: DetectionSettings,
): ResourceDetectorState | null {
  const { applicationId, timestampSeconds: atSeconds, actual, late, event } = observation;
  const { openMetric } = observation;
  const timeZone = timeZoneOf(applicationId, settings);
  const judge = (measured: Measured): ResourceDetectorState =>
    observeResource(
      before,
      { resource, atSeconds, timeZone, calendar, event, openMetric, ...measured },
      settings,
    );
  const expected = observation.expected[resource] ?? null;
  if (isNumber(actual[resource])) {
    return afterPunctual(judge({ actual: actual[resource], expected }));
  }
  const measurement = late?.[resource];
  if (measurement && isNews(measurement, before, lastSeconds)) {
    return afterLate(judge(measurement), measurement, atSeconds);
  }
  const policy = settings.missing[resource];
  const isAnyMeasured = RESOURCES.some((one) => isNumber(actual[one]));
  if (before === undefined || !isAnyMeasured || policy === 'ignore') return null;
  if (measurement && isUsualLag(measurement, before, atSeconds)) return null;
  const judged =
    policy === 'breach' ? breach(before, atSeconds, settings) : judge({ actual: 0, expected });
  return afterMissing(judged, before, lastSeconds);
}

type Measured = Pick<ResourceObservation, 'actual' | 'expected' | 'measuredSeconds'>;

/** An application may be called `constructor`. */
const timeZoneOf = (applicationId: string, { timeZones, timeZone }: DetectionSettings): string =>
  Object.hasOwn(timeZones, applicationId) ? timeZones[applicationId]! : timeZone;

const isNumber = (value: number | null): value is number =>
  value !== null && Number.isFinite(value);

/** Counts a missing measurement as one outside the interval. Nothing is learned from it. */
function breach(
  resourceState: ResourceDetectorState,
  atSeconds: number,
  { n, minimumSeverity }: DetectionSettings,
): ResourceDetectorState {
  const last = resourceState.recent.at(-1);
  const { expected, lower, upper } = last ?? { expected: 0, lower: 0, upper: 0 };
  const severity = Math.max(1, minimumSeverity);
  const point = {
    atSeconds,
    actual: 0,
    direction: 'below',
    severity,
    expected,
    lower,
    upper,
    isUsual: false,
  } as const;
  return {
    ...resourceState,
    recent: [...resourceState.recent, point].slice(-n),
    evidence: { atSeconds, level: 'warn', causes: ['absence'] },
  };
}
