import type { AutoScalingGroup, ScalingPolicy, StepAdjustment } from '@aws-sdk/client-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { cpuTargetOf } from '#adapters/aws/auto-scaling/describe-policies.ts';
import type { OwnPolicy } from '#evaluation/account/own-policies.ts';
import type { CpuAlarm, StepRules } from '#evaluation/account/step-policy.ts';

/** A group's default cooldown where it says nothing, and the policies' warm-up without another. */
const DEFAULT_COOLDOWN_SECONDS = 300;
/** Seconds before an hour at which predictive scaling launches, where the policy says nothing. */
const DEFAULT_BUFFER_SECONDS = 300;

const COMPARISONS: Readonly<Record<string, CpuAlarm['comparison']>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

const ADJUSTMENTS: Readonly<Record<string, StepRules['type']>> = {
  ChangeInCapacity: 'change',
  ExactCapacity: 'exact',
  PercentChangeInCapacity: 'percent',
};

/** What a policy takes from its group where it says nothing itself. */
type GroupDefaults = Pick<AutoScalingGroup, 'DefaultInstanceWarmup' | 'DefaultCooldown'>;

/**
 * A policy of a group as the simulation knows it: one for each of its alarms; none for a policy
 * that only forecasts. Null for a policy that follows anything but the group's average CPU, or its
 * average memory as the CloudWatch agent publishes it.
 * @param alarms the account's alarms by name, as far as they could be read.
 */
export function parsePolicy(
  policy: ScalingPolicy,
  group: GroupDefaults,
  alarms: ReadonlyMap<string, MetricAlarm>,
): readonly OwnPolicy[] | null {
  switch (policy.PolicyType ?? 'SimpleScaling') {
    case 'TargetTrackingScaling':
      return parseTracking(policy, group);
    case 'PredictiveScaling':
      return parsePredictive(policy);
    case 'StepScaling':
    case 'SimpleScaling':
      return parseSteps(policy, group, alarms);
    default:
      return null;
  }
}

function parseTracking(policy: ScalingPolicy, group: GroupDefaults): readonly OwnPolicy[] | null {
  const scalesIn = policy.TargetTrackingConfiguration?.DisableScaleIn !== true;
  const rules = { kind: 'tracking', scalesIn, warmUpSeconds: warmUpOf(policy, group) } as const;
  const target = cpuTargetOf(policy);
  if (target !== null) return [{ ...rules, target }];
  const { CustomizedMetricSpecification: metric, TargetValue: percent = NaN } =
    policy.TargetTrackingConfiguration ?? {};
  const share = percent / 100;
  if (resourceOf(metric) !== 'memory' || !(share > 0 && share <= 1)) return null;
  return [{ ...rules, target: share, resource: 'memory' }];
}

/** What a metric is the share of; null for a metric that is not simulated. */
function resourceOf(metric: Pick<MetricAlarm, 'Namespace' | 'MetricName'> | undefined) {
  switch (`${metric?.Namespace} ${metric?.MetricName}`) {
    case 'AWS/EC2 CPUUtilization':
      return 'cpu';
    case 'CWAgent mem_used_percent':
      return 'memory';
    default:
      return null;
  }
}

function parsePredictive({
  PredictiveScalingConfiguration: predictive,
}: ScalingPolicy): readonly OwnPolicy[] | null {
  if (predictive?.Mode !== 'ForecastAndScale') return [];
  const [metric] = predictive.MetricSpecifications ?? [];
  const pair = metric?.PredefinedMetricPairSpecification?.PredefinedMetricType;
  const target = (metric?.TargetValue ?? NaN) / 100;
  if (pair !== 'ASGCPUUtilization' || !(target > 0)) return null;
  const bufferSeconds = predictive.SchedulingBufferTime ?? DEFAULT_BUFFER_SECONDS;
  return [{ kind: 'predictive', target, bufferSeconds }];
}

function parseSteps(
  policy: ScalingPolicy,
  group: GroupDefaults,
  alarms: ReadonlyMap<string, MetricAlarm>,
): readonly OwnPolicy[] | null {
  const type = ADJUSTMENTS[policy.AdjustmentType ?? ''];
  if (type === undefined) return null;
  const isSimple = policy.PolicyType !== 'StepScaling';
  const rules: Omit<StepRules, 'alarm'> = {
    type,
    steps: isSimple
      ? [{ from: -Infinity, to: Infinity, adjustment: policy.ScalingAdjustment ?? 0 }]
      : (policy.StepAdjustments ?? []).map(parseStep),
    leastChange: policy.MinAdjustmentMagnitude ?? 1,
    warmUpSeconds: isSimple ? 0 : warmUpOf(policy, group),
    cooldownSeconds: isSimple
      ? (policy.Cooldown ?? group.DefaultCooldown ?? DEFAULT_COOLDOWN_SECONDS)
      : null,
  };
  const parsed = (policy.Alarms ?? []).map(({ AlarmName }) =>
    parseAlarm(alarms.get(AlarmName ?? '')),
  );
  if (parsed.includes(null)) return null;
  return parsed.flatMap((one) => (one ? [{ kind: 'step', ...one, ...rules } as const] : []));
}

/** An alarm of average use; null for one of something else, or that could not be read. */
function parseAlarm(
  alarm: MetricAlarm | undefined,
): { readonly alarm: CpuAlarm; readonly resource?: 'memory' } | null {
  const comparison = COMPARISONS[alarm?.ComparisonOperator ?? ''];
  const resource = resourceOf(alarm);
  if (alarm === undefined || resource === null) return null;
  if (alarm.Statistic !== 'Average' || comparison === undefined) return null;
  const {
    Threshold: threshold,
    Period: periodSeconds = 60,
    EvaluationPeriods: periods = 1,
  } = alarm;
  if (threshold === undefined || periodSeconds % 60 !== 0) return null;
  const points = alarm.DatapointsToAlarm ?? periods;
  return {
    alarm: { threshold: threshold / 100, comparison, periodSeconds, points, periods },
    ...(resource === 'memory' && { resource }),
  };
}

function parseStep(step: StepAdjustment): StepRules['steps'][number] {
  return {
    from: (step.MetricIntervalLowerBound ?? -Infinity) / 100,
    to: (step.MetricIntervalUpperBound ?? Infinity) / 100,
    adjustment: step.ScalingAdjustment ?? 0,
  };
}

function warmUpOf(policy: ScalingPolicy, group: GroupDefaults): number {
  return (
    policy.EstimatedInstanceWarmup ??
    group.DefaultInstanceWarmup ??
    group.DefaultCooldown ??
    DEFAULT_COOLDOWN_SECONDS
  );
}
