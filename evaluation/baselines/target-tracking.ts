import {
  wholeInstances,
  type Baseline,
  type BaselineContext,
  type BaselineGroup,
} from './baseline.ts';

const TARGET = 0.7;
const SWEEP = [0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/**
 * Target tracking of the replay, more favourable than the cloud's [a]. It scales out in proportion
 * as soon as one five-minute point is above the target, and in to the largest need of the last
 * three points. Both follow from one rule: the largest of ceil(need ÷ target) over the last three
 * points. If need grows, the newest point decides.
 */
export const targetTracking: Baseline = {
  name: 'target-tracking-70',
  frontierName: 'target-tracking',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: SWEEP,
  steer: ({ demand }, target) => {
    return (step) => trackedInstances(demand, step, target);
  },
};

/**
 * @param demand need in instances per step. Only steps before `step` are read; NaN (not measured)
 * causes no action.
 * @returns the desired number of instances; null if nothing was measured in the last three steps.
 */
export function trackedInstances(
  demand: Float64Array,
  step: number,
  target: number,
): number | null {
  let desired: number | null = null;
  for (let k = Math.max(0, step - 3); k < step; k++) {
    const need = demand[k];
    if (Number.isNaN(need)) continue;
    desired = Math.max(desired ?? 0, wholeInstances(need / target));
  }
  return desired;
}

interface AlarmRule {
  /**
   * For how long the metric is above the target before it scales out, and below 0.9 × target before
   * it scales in.
   */
  readonly highSeconds: number;
  readonly lowSeconds: number;
}

/** "Usually more than 10 % lower" than the target [doc]; exactly 0.9 × target [a]. */
const LOW_SHARE = 0.9;

/**
 * Target tracking as documented, with one-minute monitoring: the high alarm needs 3 of 3 one-minute
 * points above the target, the low alarm 15 of 15 below 0.9 × target [doc]. Where the trace has one
 * point per five minutes, its minutes are assumed to be equal [a]: one point then scales out, and
 * three points scale in.
 */
export const targetTrackingMinute: Baseline = documented('target-tracking-1-minute', {
  highSeconds: 180,
  lowSeconds: 900,
});

/** The same with five-minute monitoring: the alarms take 15 and 75 minutes [doc]. */
export const targetTrackingFiveMinutes: Baseline = documented('target-tracking-5-minutes', {
  highSeconds: 900,
  lowSeconds: 4500,
});

/**
 * The same on points of 20 seconds, as Amazon ECS has them since June 2026 [doc]. That 3 of 3
 * points scale out and 15 of 15 scale in, as with the other two, is not documented [a]: 60 seconds
 * and 5 minutes. It is meant for traces with a step of a minute.
 */
export const targetTrackingTwentySeconds: Baseline = documented('target-tracking-20-seconds', {
  highSeconds: 60,
  lowSeconds: 300,
});

/**
 * New desired = ceil(N · m ÷ T) in both directions. Starting instances count in N and not in the
 * metric m; there is no scale-in while a scale-out starts; missing data cause no action [doc]. m is
 * need ÷ instances in service and may exceed 1, as the length of a queue would show [a].
 */
function documented(name: string, rule: AlarmRule): Baseline {
  return {
    name,
    knobName: 'target utilization',
    knob: TARGET,
    sweep: SWEEP,
    steer: (context, target) => {
      // The metric of a step is that of the instances that served in the step.
      const served = new Float64Array(context.demand.length).fill(NaN);
      const alarms = { ...context, served, target, rule };
      return (step, group) => {
        const desired = wantedByAlarms(alarms, step, group);
        served[step] = Math.min(group.inService, desired ?? group.inService);
        return desired;
      };
    },
  };
}

interface Alarms extends BaselineContext {
  readonly served: Float64Array;
  readonly target: number;
  readonly rule: AlarmRule;
}

function wantedByAlarms(alarms: Alarms, step: number, group: BaselineGroup): number | null {
  const { target, rule } = alarms;
  const metric = metricOf(alarms, step - 1);
  if (metric === null) return null;
  const desired = wholeInstances((group.desired * metric) / target);
  const pointsOf = (seconds: number) => Math.ceil(seconds / alarms.stepSeconds);
  if (lasted(alarms, step, pointsOf(rule.highSeconds), (m) => m > target)) {
    return Math.max(group.desired, desired);
  }
  const starting = group.desired > group.inService;
  const lowPoints = pointsOf(rule.lowSeconds);
  if (!starting && lasted(alarms, step, lowPoints, (m) => m < LOW_SHARE * target)) {
    return Math.min(group.desired, desired);
  }
  return group.desired;
}

function lasted(
  alarms: Alarms,
  step: number,
  points: number,
  holds: (metric: number) => boolean,
): boolean {
  for (let k = step - points; k < step; k++) {
    const metric = metricOf(alarms, k);
    if (metric === null || !holds(metric)) return false;
  }
  return true;
}

/**
 * Utilization of the instances in service in a step; null if nothing was measured or no instance
 * served.
 */
function metricOf({ demand, served }: Alarms, step: number): number | null {
  const [need, instances] = [demand[step] ?? NaN, served[step] ?? NaN];
  return Number.isNaN(need) || !(instances > 0) ? null : need / instances;
}
