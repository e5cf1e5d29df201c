import type { AccountGroup } from './group-contract.ts';
import type { MetricLog } from './metric-log.ts';
import { isWarming, type CapacityProposal } from './tracking-policy.ts';

/** A CloudWatch alarm of the group's average CPU. */
export interface CpuAlarm {
  /** Share of CPU, 0 to 1. */
  readonly threshold: number;
  readonly comparison: '>' | '>=' | '<' | '<=';
  readonly periodSeconds: number;
  /** So many of the newest `periods` have to breach the threshold. */
  readonly points: number;
  readonly periods: number;
}

/** Change of the capacity for a metric that lies so far from the threshold; bounds in shares. */
export interface ScalingStep {
  /** -Infinity where the step has no bound. */
  readonly from: number;
  /** Infinity where the step has no bound. */
  readonly to: number;
  /** Units, or percent of the capacity. */
  readonly adjustment: number;
}

export interface StepRules {
  readonly alarm: CpuAlarm;
  readonly type: 'change' | 'exact' | 'percent';
  readonly steps: readonly ScalingStep[];
  /** Least change in units where `type` is `percent`. */
  readonly leastChange: number;
  /** Seconds from a launch for which an instance is no part of the capacity. */
  readonly warmUpSeconds: number;
  /**
   * Simple scaling waits until what it started serves, and so many seconds more. Null for step
   * scaling, which goes on at once.
   */
  readonly cooldownSeconds: number | null;
}

const MINUTE = 60;

/**
 * Step scaling and simple scaling. While its alarm holds, the policy is invoked every minute [doc].
 * The step is that of the newest point. Instances that warm up are no part of the capacity that a
 * step adds to, and are counted against what it adds; nothing is removed while they do; what is
 * being terminated still counts as capacity, so that a step does not remove it twice [doc].
 * @param metrics what alarms see; a period counts once it is over.
 */
export function stepProposal(
  group: AccountGroup,
  metrics: MetricLog,
  rules: StepRules,
): CapacityProposal {
  const { alarm, cooldownSeconds } = rules;
  let actedAt = -Infinity;
  return (nowSeconds) => {
    if (group.suspended.has('AlarmNotification') || group.serving.instances === 0) return null;
    if (cooldownSeconds !== null && cools(group, { actedAt, cooldownSeconds, nowSeconds })) {
      return null;
    }
    const metric = breachOf(metrics, alarm, nowSeconds);
    if (metric === null) return null;
    const desired = wantedBy(rules, { group, breach: metric - alarm.threshold, nowSeconds });
    const { min, max, desired: before } = group.sizes;
    const clamped = Math.min(max, Math.max(min, desired));
    if (clamped === before) return null;
    actedAt = nowSeconds;
    return clamped;
  };
}

/** The newest point where the alarm holds; null where it does not. */
function breachOf(
  metrics: MetricLog,
  { threshold, comparison, periodSeconds, points, periods }: CpuAlarm,
  nowSeconds: number,
): number | null {
  const end = Math.floor((nowSeconds - MINUTE) / periodSeconds) * periodSeconds;
  const fromSeconds = end - periods * periodSeconds;
  const read = metrics.read({ fromSeconds, toSeconds: end, periodSeconds, nowSeconds });
  const breaching = read.filter(({ utilization }) => breaches(utilization));
  return breaching.length >= points ? (breaching.at(-1)?.utilization ?? null) : null;

  function breaches(value: number): boolean {
    if (comparison.startsWith('>')) {
      return comparison === '>' ? value > threshold : value >= threshold;
    }
    return comparison === '<' ? value < threshold : value <= threshold;
  }
}

function cools(
  { instances }: AccountGroup,
  simple: {
    readonly actedAt: number;
    readonly cooldownSeconds: number;
    readonly nowSeconds: number;
  },
): boolean {
  const { actedAt, cooldownSeconds, nowSeconds } = simple;
  const since = (seconds: number) => nowSeconds - seconds < cooldownSeconds;
  return (
    since(actedAt) ||
    instances.some(
      ({ state, launchedAtSeconds, servingSinceSeconds }) =>
        launchedAtSeconds >= actedAt &&
        actedAt > -Infinity &&
        (state.startsWith('Pending') || since(servingSinceSeconds ?? nowSeconds)),
    )
  );
}

/** Desired capacity by the step of a breach; the present one where no step covers it. */
function wantedBy(
  rules: StepRules,
  at: { readonly group: AccountGroup; readonly breach: number; readonly nowSeconds: number },
): number {
  const { group, breach, nowSeconds } = at;
  const { desired } = group.sizes;
  const step = rules.steps.find((candidate) => covers(candidate, breach));
  if (step === undefined) return desired;
  if (rules.type === 'exact') return step.adjustment;
  const warm = unitsOf(
    group,
    ({ state, launchedAtSeconds }) =>
      state === 'InService' && nowSeconds - launchedAtSeconds >= rules.warmUpSeconds,
  );
  if (step.adjustment > 0) return Math.max(desired, warm + changeOf(rules, step, warm));
  if (isWarming(group, rules.warmUpSeconds, nowSeconds)) return desired;
  const capacity = desired + unitsOf(group, ({ state }) => state === 'Terminating:Wait');
  return Math.min(desired, capacity + changeOf(rules, step, capacity));
}

/** Above the threshold the lower bound belongs to the step, below it the upper bound [doc]. */
function covers({ from, to }: ScalingStep, breach: number): boolean {
  return breach >= 0 ? breach >= from && breach < to : breach > from && breach <= to;
}

/** Keeps a rounding error from losing an instance. */
const EPSILON = 1e-9;

/** Percentages are rounded towards zero, but to one unit at least [doc]. */
function changeOf(
  { type, leastChange }: StepRules,
  { adjustment }: ScalingStep,
  capacity: number,
): number {
  if (type !== 'percent' || adjustment === 0) return adjustment;
  const exact = (capacity * Math.abs(adjustment)) / 100;
  const units = Math.max(1, leastChange, Math.floor(exact + EPSILON));
  return Math.sign(adjustment) * units;
}

function unitsOf(
  { instances }: AccountGroup,
  counts: (instance: AccountGroup['instances'][number]) => boolean,
): number {
  return instances.reduce((sum, one) => (counts(one) ? sum + one.type.weight : sum), 0);
}
