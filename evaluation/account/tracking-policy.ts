import type { AccountGroup } from './account-group.ts';
import type { MetricLog } from './metric-log.ts';

export interface TrackingRules {
  /** Target utilization, 0 to 1. */
  readonly target: number;
  /** Seconds between two points of the metric. */
  readonly pointSeconds: 60 | 300;
  /** Seconds from a launch for which an instance does not count in the metric. */
  readonly warmUpSeconds: number;
}

/** A scaling policy of a group, asked once a minute. */
export interface GroupPolicy {
  act(nowSeconds: number): void;
}

/** Points above the target that scale out, and below `LOW_SHARE` of it that scale in [doc]. */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;
/** "Usually more than 10 % lower" than the target [doc]; exactly 0.9 × target [a]. */
const LOW_SHARE = 0.9;
/** Keeps a rounding error from starting an instance. */
const EPSILON = 1e-9;

/**
 * Target tracking with its alarms: 3 of 3 points above the target scale out, 15 of 15 below 0.9 ×
 * target scale in, to ceil(N × metric ÷ target) [doc]. Nothing scales in while an instance warms up,
 * and missing data cause no action [doc]. N is the units that served when the point was measured: an
 * alarm that goes on while instances warm up asks for the same number again instead of multiplying
 * what was asked for before [a]. A longer point is three times and fifteen times as slow [doc].
 * @param metrics what alarms see, which is earlier than what can be read.
 */
export function createTrackingPolicy(
  group: AccountGroup,
  metrics: MetricLog,
  { target, pointSeconds, warmUpSeconds }: TrackingRules,
): GroupPolicy {
  return {
    act(nowSeconds) {
      if (group.suspended.has('AlarmNotification')) return;
      const periods = metrics.read({
        fromSeconds: nowSeconds - (LOW_POINTS + 3) * pointSeconds,
        toSeconds: nowSeconds,
        periodSeconds: pointSeconds,
        nowSeconds,
      });
      const newest = periods.at(-1);
      if (newest === undefined || group.serving.instances === 0) return;
      const points = periods.map(({ utilization }) => utilization);
      const isWarming = group.instances.some(
        ({ launchedAtSeconds, state }) =>
          state.startsWith('Pending') || nowSeconds - launchedAtSeconds < warmUpSeconds,
      );
      const { min, max, desired } = group.sizes;
      const unitsThen = (servingUnits(group) * newest.samples) / group.serving.instances;
      const wanted = Math.ceil((unitsThen * newest.utilization) / target - EPSILON);
      const clamped = Math.min(max, Math.max(min, wanted));
      if (lasted(points, HIGH_POINTS, (metric) => metric > target)) {
        if (clamped > desired) group.update({ desired: clamped });
      } else if (!isWarming && lasted(points, LOW_POINTS, (m) => m < LOW_SHARE * target)) {
        if (clamped < desired) group.update({ desired: clamped });
      }
    },
  };
}

function lasted(
  points: readonly number[],
  count: number,
  holds: (metric: number) => boolean,
): boolean {
  return points.length >= count && points.slice(-count).every(holds);
}

function servingUnits({ instances }: AccountGroup): number {
  return instances.reduce(
    (sum, { state, type }) => (state === 'InService' ? sum + type.weight : sum),
    0,
  );
}
