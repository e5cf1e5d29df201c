import { CloudWatchServiceException, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EMPTY_FOOTPRINT, type FootprintPoint } from '#core/domain/footprint.ts';
import { MetricReadError, type UnreadMetrics } from '#core/domain/metric-read-error.ts';
import type { ApplicationPoints, MetricSource, TimeRange } from '#core/domain/ports.ts';
import {
  groupFootprints,
  type GroupValues,
  type IsComplete,
} from './cloudwatch/group-footprints.ts';
import { callsOf } from './cloudwatch/group-queries.ts';
import type { MeteredGroup } from './cloudwatch/metered-group.ts';
import { createMetricDelays, type MetricDelays } from './cloudwatch/metric-delays.ts';
import { readGroupValues, type GroupReading } from './cloudwatch/read-group-values.ts';

export interface CloudwatchSourceOptions {
  readonly client: CloudWatchClient;
  readonly groups: readonly MeteredGroup[];
  /**
   * CloudWatch keeps periods of 60 s for 15 days, of 300 s for 63 days and of 3,600 s for 455 days.
   */
  readonly periodSeconds: number;
  /**
   * When the metrics are read: a period that may still change is left for a later read. Absent: the
   * range is known to be complete.
   */
  readonly nowSeconds?: number;
  /** Measures from when on they do not change any more; without it that is what is documented. */
  readonly delays?: MetricDelays;
}

/** Steps of one call: a week of five-minute steps. Limits the memory of a back-fill of months. */
const CALL_STEPS = 2016;

/** Error names for an invalid request, which one group of the call may have caused. */
const REFUSED = /^(Validation|Invalid|Missing)/;

/**
 * Usage of Auto Scaling groups and ECS services from CloudWatch GetMetricData. One call asks for 50 groups (500
 * queries) and one week of steps; all its pages are read. If CloudWatch rejects a call as invalid,
 * its groups are requested again in halves, so that one invalid group does not block the others. If
 * one metric is incomplete, none of the group's points are yielded: part of a sum would look like a
 * drop in usage.
 * @throws MetricReadError from the iteration, after all points that could be read.
 */
export function createCloudwatchMetricSource(options: CloudwatchSourceOptions): MetricSource {
  const { groups, periodSeconds } = options;
  return {
    async *read(range) {
      const unread: UnreadMetrics[] = [];
      for (const part of partsOf(range, CALL_STEPS * periodSeconds)) {
        for (const call of callsOf(groups)) {
          yield* readGroups(options, call, { range: part, unread });
        }
      }
      if (unread.length > 0) throw new MetricReadError(unread);
    },
  };
}

interface Task {
  readonly range: TimeRange;
  readonly unread: UnreadMetrics[];
}

async function* readGroups(
  options: CloudwatchSourceOptions,
  groups: readonly MeteredGroup[],
  task: Task,
): AsyncGenerator<ApplicationPoints> {
  const { range, unread } = task;
  let readings: readonly GroupReading[];
  try {
    const { client, periodSeconds } = options;
    readings = await readGroupValues(client, groups, {
      range: withCurrentPeriod(range, options),
      periodSeconds,
    });
  } catch (cause) {
    if (groups.length > 1 && isRefused(cause)) {
      const half = Math.ceil(groups.length / 2);
      yield* readGroups(options, groups.slice(0, half), task);
      yield* readGroups(options, groups.slice(half), task);
      return;
    }
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    unread.push(...groups.map(({ applicationId }) => ({ applicationId, range, reason, cause })));
    return;
  }
  for (const { group, values, incomplete } of readings) {
    const { applicationId, applicationType } = group;
    if (incomplete.length > 0) {
      unread.push({ applicationId, range, reason: `not read whole: ${incomplete.join(', ')}` });
      continue;
    }
    const points = pointsOf(group, values, { options, range });
    if (points.length > 0) yield { applicationId, applicationType, points };
  }
}

/** What stands still of each period, and means of the period that goes on. */
function pointsOf(
  group: MeteredGroup,
  values: GroupValues,
  { options, range }: { readonly options: CloudwatchSourceOptions; readonly range: TimeRange },
): readonly FootprintPoint[] {
  const { periodSeconds, nowSeconds, delays = createMetricDelays() } = options;
  if (nowSeconds === undefined) return groupFootprints(values, group, periodSeconds);
  delays.observe(group, values, {
    range: withCurrentPeriod(range, options),
    periodSeconds,
    nowSeconds,
  });
  const delaySeconds = new Map([...values.keys()].map((name) => [name, delays.of(group, name)]));
  const isComplete: IsComplete = (metric, startSeconds) =>
    startSeconds + periodSeconds + (delaySeconds.get(metric) ?? 0) <= nowSeconds;
  const complete = groupFootprints(values, group, periodSeconds, isComplete);
  const last = range.toSeconds;
  const current = groupFootprints(valuesAt(values, last), group, periodSeconds).flatMap(
    (point) => currentPoint(point, { group, values }) ?? [],
  );
  return [...complete.filter(({ timestampSeconds }) => timestampSeconds < last), ...current];
}

/** The values of one period. */
function valuesAt(values: GroupValues, startSeconds: number): GroupValues {
  return new Map(
    [...values].map(([metric, series]) => {
      const value = series.get(startSeconds);
      return [metric, new Map(value === undefined ? [] : [[startSeconds, value]])] as const;
    }),
  );
}

/** The range and the period that goes on now, where the range ends with the period before. */
function withCurrentPeriod(
  { fromSeconds, toSeconds }: TimeRange,
  { periodSeconds, nowSeconds = -Infinity }: CloudwatchSourceOptions,
): TimeRange {
  const goesOn = nowSeconds >= toSeconds && nowSeconds < toSeconds + periodSeconds;
  return { fromSeconds, toSeconds: goesOn ? toSeconds + periodSeconds : toSeconds };
}

/**
 * What is complete of the period that goes on, which a later read replaces: means over the minutes
 * that are there. Sums would be part of a sum, and only the group's own metric tells how many
 * instances there are.
 */
function currentPoint(
  { timestampSeconds, footprint: { cpu, memory } }: FootprintPoint,
  of: { readonly group: MeteredGroup; readonly values: GroupValues },
): FootprintPoint | null {
  const isCounted = of.values.get('inService')?.has(timestampSeconds) ?? false;
  if (!isCounted || of.group.monitoringSeconds !== 60 || cpu === null) return null;
  return { timestampSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu, memory } };
}

function isRefused(cause: unknown): boolean {
  return cause instanceof CloudWatchServiceException && REFUSED.test(cause.name);
}

function partsOf({ fromSeconds, toSeconds }: TimeRange, partSeconds: number): readonly TimeRange[] {
  const parts: TimeRange[] = [];
  for (let from = fromSeconds; from < toSeconds; from += partSeconds) {
    parts.push({ fromSeconds: from, toSeconds: Math.min(toSeconds, from + partSeconds) });
  }
  return parts;
}
