import * as z from 'zod';
import { NO_POLICIES, type GroupPolicies } from '#adapters/aws/auto-scaling/describe-policies.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { ECS_DIMENSION } from './scalable-targets.ts';

const policySchema = z.object({
  PolicyName: z.string(),
  ResourceId: z.string(),
  PolicyType: z.string(),
  TargetTrackingScalingPolicyConfiguration: z
    .object({
      TargetValue: z.number(),
      PredefinedMetricSpecification: z.object({ PredefinedMetricType: z.string() }).nullish(),
      CustomizedMetricSpecification: z
        .object({ Namespace: z.string().nullish(), MetricName: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

const pageSchema = z.object({
  ScalingPolicies: z.array(policySchema),
  NextToken: z.string().nullish(),
});

type WirePolicy = z.output<typeof policySchema>;

/** Types that follow a metric or an alarm; predictive scaling only raises ahead of time. */
const DYNAMIC = ['TargetTrackingScaling', 'StepScaling'];

/**
 * Policies of one service, or of every service of the region, by its identifier. Services without a
 * policy are absent.
 * @throws whatever `call` throws.
 */
export async function describeServicePolicies(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, GroupPolicies>> {
  const policies = new Map<string, GroupPolicies>();
  let next: string | null | undefined;
  do {
    const page = pageSchema.parse(
      await call('application-autoscaling', 'DescribeScalingPolicies', {
        ...ECS_DIMENSION,
        ...(id !== undefined && { ResourceId: id }),
        ...(next && { NextToken: next }),
      }),
    );
    for (const policy of page.ScalingPolicies) {
      const known = policies.get(policy.ResourceId) ?? NO_POLICIES;
      policies.set(policy.ResourceId, withPolicy(known, policy));
    }
    next = page.NextToken;
  } while (next);
  return policies;
}

function withPolicy(known: GroupPolicies, policy: WirePolicy): GroupPolicies {
  const { PolicyType: type, PolicyName: name } = policy;
  const targets = [known.cpuTarget, cpuTargetOf(policy)].filter((value) => value !== null);
  return {
    ...known,
    cpuTarget: targets.length === 0 ? null : Math.min(...targets),
    dynamic: DYNAMIC.includes(type) ? [...known.dynamic, name] : known.dynamic,
  };
}

function cpuTargetOf({
  TargetTrackingScalingPolicyConfiguration: tracking,
}: WirePolicy): number | null {
  if (!tracking) return null;
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: own } =
    tracking;
  const isAverageCpu =
    predefined?.PredefinedMetricType.startsWith('ECSServiceAverageCPUUtilization') ||
    (own?.Namespace === 'AWS/ECS' && own.MetricName === 'CPUUtilization');
  const share = tracking.TargetValue / 100;
  return isAverageCpu && share > 0 && share <= 1 ? share : null;
}
