import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { byService, listOfServices } from './list-of-services.ts';

const maybe = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

const trackingSchema = z.object({
  TargetValue: z.number(),
  PredefinedMetricSpecification: maybe(z.object({ PredefinedMetricType: z.string() })),
  CustomizedMetricSpecification: maybe(
    z.object({
      Namespace: maybe(z.string()),
      MetricName: maybe(z.string()),
      Statistic: maybe(z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'])),
    }),
  ),
  ScaleOutCooldown: maybe(z.number()),
  DisableScaleIn: maybe(z.boolean()),
});

const stepSchema = z.object({
  AdjustmentType: maybe(z.string()),
  StepAdjustments: maybe(
    z.array(
      z.object({
        MetricIntervalLowerBound: maybe(z.number()),
        MetricIntervalUpperBound: maybe(z.number()),
        ScalingAdjustment: z.number(),
      }),
    ),
  ),
  MinAdjustmentMagnitude: maybe(z.number()),
  Cooldown: maybe(z.number()),
});

const predictiveSchema = z.object({
  Mode: maybe(z.string()),
  SchedulingBufferTime: maybe(z.number()),
  MetricSpecifications: z.array(
    z.object({
      TargetValue: z.number(),
      PredefinedMetricPairSpecification: maybe(z.object({ PredefinedMetricType: z.string() })),
    }),
  ),
});

const policySchema = z.object({
  PolicyName: z.string(),
  ResourceId: z.string(),
  PolicyType: z.string(),
  TargetTrackingScalingPolicyConfiguration: maybe(trackingSchema),
  StepScalingPolicyConfiguration: maybe(stepSchema),
  PredictiveScalingPolicyConfiguration: maybe(predictiveSchema),
  Alarms: maybe(z.array(z.object({ AlarmName: z.string() }))),
});

/** A policy of Application Auto Scaling. */
export type ServicePolicy = z.output<typeof policySchema>;

/**
 * Policies of one service, or of every service of the region, in full, by the service's identifier.
 * Services without a policy are absent.
 * @throws whatever `call` throws.
 */
export async function listServicePolicies(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, readonly ServicePolicy[]>> {
  const only = id === undefined ? {} : { only: { ResourceId: id } };
  const query = { entry: policySchema, ...only };
  return byService(await listOfServices(call, 'ScalingPolicies', query));
}

/** Application Auto Scaling waits so long after a scale-out unless a policy says otherwise. */
const COOLDOWN_SECONDS = 300;

/** What ECS publishes, as Auto Scaling names it of groups. */
const PREDEFINED: Readonly<Record<string, string>> = {
  ECSServiceAverageCPUUtilization: 'AWS/ECS CPUUtilization',
  ECSServiceAverageCPUUtilizationHighResolution: 'AWS/ECS CPUUtilization',
  ECSServiceAverageMemoryUtilization: 'AWS/ECS MemoryUtilization',
};
const OF_GROUPS: Readonly<Record<string, { Namespace: string; MetricName: string }>> = {
  'AWS/ECS CPUUtilization': { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
  'AWS/ECS MemoryUtilization': { Namespace: 'CWAgent', MetricName: 'mem_used_percent' },
};

interface NamedMetric {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
}

/** A metric that ECS publishes of a service, as the same of a group; any other as it is. */
export function metricOfGroup<T extends NamedMetric>(metric: T): T {
  return { ...metric, ...OF_GROUPS[`${metric.Namespace} ${metric.MetricName}`] };
}

/**
 * A policy in the words of Auto Scaling, so that one set of rules holds for groups and for services.
 * A cooldown after a scale-out works as a warm-up: what was added is counted against what is asked
 * for, and nothing is removed until it is over.
 */
export function policyAsOfGroup(policy: ServicePolicy): ScalingPolicy {
  const {
    TargetTrackingScalingPolicyConfiguration: tracking,
    StepScalingPolicyConfiguration: step,
    PredictiveScalingPolicyConfiguration: predictive,
  } = policy;
  const warmUp = tracking?.ScaleOutCooldown ?? step?.Cooldown ?? COOLDOWN_SECONDS;
  return {
    PolicyName: policy.PolicyName,
    PolicyType: policy.PolicyType,
    EstimatedInstanceWarmup: warmUp,
    Alarms: policy.Alarms,
    ...(tracking && { TargetTrackingConfiguration: trackingOf(tracking) }),
    ...(step && {
      AdjustmentType: step.AdjustmentType,
      StepAdjustments: step.StepAdjustments,
      MinAdjustmentMagnitude: step.MinAdjustmentMagnitude,
    }),
    ...(predictive && { PredictiveScalingConfiguration: predictiveOf(predictive) }),
  };
}

function trackingOf(
  tracking: z.output<typeof trackingSchema>,
): NonNullable<ScalingPolicy['TargetTrackingConfiguration']> {
  const { TargetValue, DisableScaleIn } = tracking;
  const predefined = PREDEFINED[tracking.PredefinedMetricSpecification?.PredefinedMetricType ?? ''];
  const customized = tracking.CustomizedMetricSpecification;
  const metric =
    predefined === undefined ? customized && metricOfGroup(customized) : OF_GROUPS[predefined];
  return { TargetValue, DisableScaleIn, CustomizedMetricSpecification: metric };
}

function predictiveOf(
  predictive: z.output<typeof predictiveSchema>,
): NonNullable<ScalingPolicy['PredictiveScalingConfiguration']> {
  const { Mode, SchedulingBufferTime, MetricSpecifications } = predictive;
  return {
    Mode: Mode === 'ForecastAndScale' ? 'ForecastAndScale' : 'ForecastOnly',
    SchedulingBufferTime,
    MetricSpecifications: MetricSpecifications.map(
      ({ TargetValue, PredefinedMetricPairSpecification: pair }) => ({
        TargetValue,
        ...(pair?.PredefinedMetricType === 'ECSServiceCPUUtilization' && {
          PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' as const },
        }),
      }),
    ),
  };
}
