import type { TimeRange } from '#core/domain/ports.ts';
import type { GroupValues } from './group-footprints.ts';
import type { GroupMetric } from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Seconds by metric. */
type DelaySeconds = Readonly<Partial<Record<GroupMetric, number>>>;

/** One read of a group's metrics. */
interface MetricRead {
  readonly range: TimeRange;
  readonly periodSeconds: number;
  readonly nowSeconds: number;
}

/** Measures how long after its end a period of each metric still changes. */
export interface MetricDelays {
  /** Compares what was read with what earlier reads had of the same periods. */
  observe(group: MeteredGroup, values: GroupValues, read: MetricRead): void;
  /** Seconds after its end from which a period of a metric counts as standing still. */
  of(group: MeteredGroup, metric: GroupMetric): number;
  /**
   * What was measured of a group, where it is not what is assumed without; null if the group was
   * never read.
   */
  measured(applicationId: string): DelaySeconds | null;
  /** What was measured before this process began; it counts until there is something newer. */
  recall(applicationId: string, delays: DelaySeconds): void;
}

/** Without measurements: about two minutes with detailed monitoring, up to ten with basic. */
const ASSUMED_SECONDS = { 20: 180, 60: 180, 300: 600 } as const;
/** Nothing counts as standing still earlier: CloudWatch documents two minutes. */
const LEAST_SECONDS = 180;
/** Later than this a period is not read again, see the overlap of ingest. */
const MOST_SECONDS = 1500;
/** Periods of an hour. */
const KEPT_SPANS = 12;
/** A change by a smaller share changes no decision: one instance of very many came late. */
const LEAST_CHANGE = 0.01;
/** One period that came late in an hour is an exception; what was seen twice is a delay. */
const SEEN_TWICE = 1;

/** A period stood still somewhere between these ages. */
interface Span {
  readonly unsettledSeconds: number;
  readonly settledSeconds: number;
}

interface Period extends Span {
  readonly value: number | null;
  /** Age at the last read. */
  readonly ageSeconds: number;
  /** Whether the first read was early enough to see it change. */
  readonly isWatched: boolean;
}

interface Watched {
  readonly periods: Map<number, Period>;
  spans: readonly Span[];
}

interface WatchedGroup {
  assumedSeconds: number;
  readonly metrics: Map<GroupMetric, Watched>;
  recalled: DelaySeconds;
}

/**
 * Every read of the last half hour is compared with the one before. A metric's delay lies between
 * the last age at which a period of it was seen to change later and the first age at which none
 * was; the middle is taken, because ticks come some seconds early or late. Until an hour was seen,
 * a metric may turn out to be later than assumed, and not earlier.
 */
export function createMetricDelays(): MetricDelays {
  const groups = new Map<string, WatchedGroup>();
  const groupOf = (id: string): WatchedGroup => {
    const group = groups.get(id) ?? { assumedSeconds: 600, metrics: new Map(), recalled: {} };
    groups.set(id, group);
    return group;
  };
  return {
    observe({ applicationId, monitoringSeconds }, values, read) {
      const group = groupOf(applicationId);
      group.assumedSeconds = ASSUMED_SECONDS[monitoringSeconds];
      for (const [metric, series] of values) {
        const watched = group.metrics.get(metric) ?? { periods: new Map(), spans: [] };
        group.metrics.set(metric, watched);
        watch(watched, series, read);
      }
    },
    of({ applicationId, monitoringSeconds }, metric) {
      const assumed = ASSUMED_SECONDS[monitoringSeconds];
      const group = groups.get(applicationId);
      return group ? delayOf(group, metric, assumed) : assumed;
    },
    measured(applicationId) {
      const group = groups.get(applicationId);
      if (!group) return null;
      const { assumedSeconds } = group;
      const metrics = new Set([...group.metrics.keys(), ...namesOf(group.recalled)]);
      const delays = [...metrics].flatMap((metric) => {
        const seconds = delayOf(group, metric, assumedSeconds);
        return seconds === assumedSeconds ? [] : [[metric, seconds] as const];
      });
      return Object.fromEntries(delays);
    },
    recall(applicationId, delays) {
      if (!groups.has(applicationId)) groupOf(applicationId).recalled = delays;
    },
  };
}

const namesOf = (delays: DelaySeconds): readonly GroupMetric[] =>
  Object.keys(delays) as GroupMetric[];

function watch(
  watched: Watched,
  series: ReadonlyMap<number, number>,
  { range, periodSeconds, nowSeconds }: MetricRead,
): void {
  const { periods } = watched;
  const oldest = nowSeconds - MOST_SECONDS - periodSeconds;
  const from = Math.ceil(Math.max(range.fromSeconds, oldest) / periodSeconds) * periodSeconds;
  for (let start = from; start < range.toSeconds; start += periodSeconds) {
    const value = series.get(start) ?? null;
    const ageSeconds = nowSeconds - start - periodSeconds;
    periods.set(start, seenAgain(periods.get(start), { value, ageSeconds, periodSeconds }));
  }
  for (const [start, period] of periods) {
    if (start >= oldest) continue;
    periods.delete(start);
    if (!period.isWatched || period.value === null) continue;
    watched.spans = [...watched.spans, period].slice(-KEPT_SPANS);
  }
}

interface PeriodRead extends Pick<Period, 'value' | 'ageSeconds'> {
  readonly periodSeconds: number;
}

function seenAgain(
  before: Period | undefined,
  { value, ageSeconds, periodSeconds }: PeriodRead,
): Period {
  const settledSeconds = ageSeconds;
  if (before === undefined) {
    const isWatched = ageSeconds < periodSeconds;
    return { value, ageSeconds, unsettledSeconds: -Infinity, settledSeconds, isWatched };
  }
  if (isSame(before.value, value)) return { ...before, ageSeconds };
  return { ...before, value, ageSeconds, unsettledSeconds: before.ageSeconds, settledSeconds };
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= LEAST_CHANGE * Math.max(Math.abs(a), Math.abs(b));
}

function delayOf(
  { metrics, recalled }: WatchedGroup,
  metric: GroupMetric,
  assumedSeconds: number,
): number {
  const { spans = [], periods } = metrics.get(metric) ?? {};
  const open = [...(periods?.values() ?? [])].filter(({ value }) => value !== null);
  const isKnown = spans.length === KEPT_SPANS;
  const least = isKnown ? LEAST_SECONDS : (recalled[metric] ?? assumedSeconds);
  const all: readonly Span[] = [...spans, ...open];
  const unsettled = all.map(({ unsettledSeconds }) => unsettledSeconds).sort((a, b) => b - a);
  const latest = unsettled[SEEN_TWICE] ?? -Infinity;
  // Nothing can be said of ages at which nothing was read.
  if (latest === -Infinity) return isKnown ? Math.max(least, assumedSeconds) : least;
  const settled = all.map(({ settledSeconds }) => settledSeconds).filter((age) => age > latest);
  const middle = Math.round((latest + Math.min(...settled)) / 2);
  return Math.min(MOST_SECONDS, Math.max(least, middle));
}
