import type { AccountGroup } from './group-contract.ts';
import type { MetricLog } from './metric-log.ts';

export interface TrackingRules {
  /** Target utilization, 0 to 1. */
  readonly target: number;
  /** Seconds between two points of the metric. */
  readonly pointSeconds: 60 | 300;
  /** Seconds from a launch for which an instance does not count in the metric. */
  readonly warmUpSeconds: number;
  /** False where its owner has disabled scaling in. */
  readonly scalesIn?: boolean;
}

/** A scaling policy of a group, asked once a minute. */
export interface GroupPolicy {
  act(nowSeconds: number): void;
}

/**
 * What a policy asks for at a time: a desired capacity, in units and within the group's limits.
 * Null where it asks for no change.
 */
export type CapacityProposal = (nowSeconds: number) => number | null;

/** Points above the target that scale out, and below `LOW_SHARE` of it that scale in [doc]. */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;
/** "Usually more than 10 % lower" than the target [doc]; exactly 0.9 × target [a]. */
const LOW_SHARE = 0.9;
/** Keeps a rounding error from starting an instance. */
const EPSILON = 1e-9;

/** The policy `trackingProposal` alone. */
export function createTrackingPolicy(
  group: AccountGroup,
  metrics: MetricLog,
  rules: TrackingRules,
): GroupPolicy {
  const propose = trackingProposal(group, metrics, rules);
  return {
    act(nowSeconds) {
      const desired = propose(nowSeconds);
      if (desired !== null) group.update({ desired });
    },
  };
}

/**
 * Target tracking with its alarms: 3 of 3 points above the target scale out, 15 of 15 below 0.9 ×
 * target scale in, to ceil(N × metric ÷ target) [doc]. Nothing scales in while an instance warms up,
 * and missing data cause no action [doc]. N is the units that served when the point was measured: an
 * alarm that goes on while instances warm up asks for the same number again instead of multiplying
 * what was asked for before [a]. A longer point is three times and fifteen times as slow [doc].
 * @param metrics what alarms see, which is earlier than what can be read.
 */
export function trackingProposal(
  group: AccountGroup,
  metrics: MetricLog,
  { target, pointSeconds, warmUpSeconds, scalesIn = true }: TrackingRules,
): CapacityProposal {
  return (nowSeconds) => {
    if (group.suspended.has('AlarmNotification')) return null;
    const periods = metrics.read({
      fromSeconds: nowSeconds - (LOW_POINTS + 3) * pointSeconds,
      toSeconds: nowSeconds,
      periodSeconds: pointSeconds,
      nowSeconds,
    });
    const newest = periods.at(-1);
    if (newest === undefined || group.serving.instances === 0) return null;
    const points = periods.map(({ utilization }) => utilization);
    const { min, max, desired } = group.sizes;
    const unitsThen = (group.serving.units * newest.samples) / group.serving.instances;
    const wanted = Math.ceil((unitsThen * newest.utilization) / target - EPSILON);
    const clamped = Math.min(max, Math.max(min, wanted));
    if (lasted(points, HIGH_POINTS, (metric) => metric > target)) {
      return clamped > desired ? clamped : null;
    }
    if (!scalesIn || isWarming(group, warmUpSeconds, nowSeconds)) return null;
    const isLow = lasted(points, LOW_POINTS, (metric) => metric < LOW_SHARE * target);
    return isLow && clamped < desired ? clamped : null;
  };
}

/** Whether an instance starts, or was launched less than a warm-up ago. */
export function isWarming(
  { instances }: Pick<AccountGroup, 'instances'>,
  warmUpSeconds: number,
  nowSeconds: number,
): boolean {
  return instances.some(
    ({ launchedAtSeconds, state }) =>
      state.startsWith('Pending') || nowSeconds - launchedAtSeconds < warmUpSeconds,
  );
}

function lasted(
  points: readonly number[],
  count: number,
  holds: (metric: number) => boolean,
): boolean {
  return points.length >= count && points.slice(-count).every(holds);
}
