import type { MetricScore } from '#core/detection/metric/learned-metric.ts';
import {
  openMetric,
  type MonitoredMetric,
  type OpenMetric,
} from '#core/detection/metric/metric-memory.ts';
import type { ExpectedInterval } from '#core/domain/allocation.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import type { ExpectedStep } from '#core/expectation/expected-step.ts';
import type { CalendarState } from './calendar.ts';
import type { DetectorPoint, Evidence, ResourceDetectorState } from './detector-state.ts';
import { deviation, type Deviation, type DeviationLimits } from './deviation.ts';

/** Weight of a new point in the mean errors: about a day of five-minute points. */
const DAILY_RATE = 1 / 288;

const NEW_RESOURCE: ResourceDetectorState = {
  memory: '',
  recent: [],
  evidence: null,
  outsideRun: 0,
  rows: 0,
  usualLevel: 0,
  modelError: 0,
  baseError: 0,
  modelled: 0,
};

export interface ResourceObservation {
  readonly resource: Resource;
  /** The step in which it is judged. */
  readonly atSeconds: number;
  /** The step that it is a measurement of, where that is an earlier one. */
  readonly measuredSeconds?: number;
  /** IANA time zone name. */
  readonly timeZone: string;
  readonly actual: number;
  /** Forecast of the trained model; null without a model. */
  readonly expected: ExpectedInterval | null;
  readonly calendar: CalendarState;
  /** What was known beforehand of the step; nothing where absent. */
  readonly event?: ExpectedStep | undefined;
  readonly openMetric?: OpenMetric | undefined;
}

/**
 * Compares one measurement of one resource with its forecast, then learns it. The forecast is the
 * interval of the trained model, or the band of the simple forecast without a model. On unusual
 * days (see the calendar) nothing is learned. In an expected event the metric's own past sees use
 * without the event's factor and accuses nobody: only the forecast, which knows of the event, does.
 */
export function observeResource(
  stored: ResourceDetectorState | undefined,
  observation: ResourceObservation,
  settings: DetectionSettings,
): ResourceDetectorState {
  const before = stored ?? NEW_RESOURCE;
  const { atSeconds, timeZone, actual, expected, calendar, event } = observation;
  const factor = event?.factors[observation.resource] ?? 1;
  const open = observation.openMetric ?? openMetric;
  const metric = open(before.memory === '' ? null : before.memory);
  const usual = metric.detector.score(
    localSeconds(observation.measuredSeconds ?? atSeconds, timeZone),
    actual / factor,
    expected && scaledInterval(expected, 1 / factor),
  );
  const score = factor === 1 ? usual : scaledScore(usual, factor);
  const evidence = event
    ? null
    : evidenceOf(metric, { atSeconds, severity: score.severity }, settings);
  const point = judge(before, { observation, score, evidence }, settings);
  const judged = {
    ...before,
    recent: [...before.recent, point].slice(-settings.n),
    outsideRun: runOf(before, point),
    evidence: calendar.isMuted ? null : strangest(before, evidence),
  };
  if (calendar.isUnusual || event?.isOrdinary === false) return judged;
  const rate = (rows: number): number => Math.max(DAILY_RATE, 1 / (rows + 1));
  const follow = (mean: number, value: number, rows: number): number =>
    mean + rate(rows) * (value - mean);
  const { modelled } = before;
  const withModel = expected !== null;
  return {
    ...judged,
    memory: metric.save(),
    rows: before.rows + 1,
    usualLevel: metric.detector.level(),
    modelled: modelled + (withModel ? 1 : 0),
    modelError: withModel
      ? follow(before.modelError, Math.abs(actual - expected.median), modelled)
      : before.modelError,
    baseError: withModel
      ? follow(before.baseError, Math.abs(actual - score.base), modelled)
      : before.baseError,
  };
}

const scaledInterval = (
  { lower, median, upper }: ExpectedInterval,
  factor: number,
): ExpectedInterval => ({ lower: lower * factor, median: median * factor, upper: upper * factor });

/** A score of usual use, in the units of what was used. */
const scaledScore = (score: MetricScore, factor: number): MetricScore => ({
  ...score,
  base: score.base * factor,
  baseLower: score.baseLower * factor,
  baseUpper: score.baseUpper * factor,
});

function runOf(
  { recent, outsideRun }: ResourceDetectorState,
  { direction }: DetectorPoint,
): number {
  if (direction === null) return 0;
  return recent.at(-1)?.direction === direction ? outsideRun + 1 : 1;
}

function judge(
  { usualLevel, rows }: ResourceDetectorState,
  {
    observation,
    score,
    evidence,
  }: {
    readonly observation: ResourceObservation;
    readonly score: MetricScore;
    readonly evidence: Evidence | null;
  },
  settings: DetectionSettings,
): DetectorPoint {
  const { atSeconds, actual, expected, resource, calendar, event } = observation;
  const { base, baseLower, baseUpper } = score;
  const interval =
    expected ?? (rows > 0 ? { lower: baseLower, median: base, upper: baseUpper } : null);
  const { lower, median, upper } = interval ?? { lower: actual, median: actual, upper: actual };
  const { minimumRelativeDeviation, minimumSeverity, minimumDeviation } = settings;
  const limits = {
    minimumRelativeDeviation,
    // The band of the simple forecast is wide where values jump. The severity of the metric
    // detector decides there.
    minimumSeverity: expected === null ? 0 : minimumSeverity,
    usualLevel,
    minimumDeviation: minimumDeviation[resource],
  };
  const outside = deviation(actual, { lower, median, upper }, limits);
  const deviated =
    outside.direction === null && evidence !== null && expected === null
      ? strangeInside({ actual, median, evidence }, limits)
      : outside;
  const isReported =
    !score.isKnown &&
    (settings.direction === 'both' || deviated.direction === settings.direction) &&
    !(calendar.isHoliday && deviated.direction === 'below') &&
    !(event?.isOpenEnded && deviated.direction === 'above');
  const { direction, severity } = isReported ? deviated : { direction: null, severity: 0 };
  const isUsual = baseLower <= actual && actual <= baseUpper;
  return { atSeconds, actual, direction, severity, expected: median, lower, upper, isUsual };
}

/**
 * Deviation of a strange step inside the expected interval. It must differ from the median as much
 * as any other deviation. The causes "still" and "quiet" have no difference by nature, so the level
 * of the metric must matter instead.
 */
function strangeInside(
  {
    actual,
    median,
    evidence,
  }: { readonly actual: number; readonly median: number; readonly evidence: Evidence },
  limits: DeviationLimits,
): Deviation {
  const exact = { lower: median, median, upper: median };
  const { direction } = deviation(actual, exact, { ...limits, minimumSeverity: 0 });
  const isStill = evidence.causes.some((cause) => cause === 'still' || cause === 'quiet');
  const matters = isStill && limits.usualLevel >= (limits.minimumDeviation ?? 0);
  if (direction === null && !matters) return { direction, severity: 0 };
  return { direction: direction ?? (actual < median ? 'below' : 'above'), severity: 1 };
}

/**
 * Keeps a page instead of a later warning, as long as both belong to the steps that open an
 * incident together.
 */
function strangest(
  { evidence: before, recent }: ResourceDetectorState,
  now: Evidence | null,
): Evidence | null {
  if (now === null || before === null) return now ?? before;
  const isLess = now.level === 'warn' && before.level === 'page';
  const isNear = before.atSeconds >= (recent[0]?.atSeconds ?? now.atSeconds);
  return isLess && isNear ? before : now;
}

/** Null if the severity is below the threshold for warnings. */
function evidenceOf(
  { detector, threshold }: MonitoredMetric,
  { atSeconds, severity }: { readonly atSeconds: number; readonly severity: number },
  { warningsPerWeek, pagesPerWeek }: DetectionSettings,
): Evidence | null {
  const [warn, page] = [threshold.at(warningsPerWeek), threshold.at(pagesPerWeek)];
  threshold.learn(severity, detector.rowsPerDay());
  if (severity < warn) return null;
  return { atSeconds, level: severity < page ? 'warn' : 'page', causes: detector.causes() };
}
