import * as z from 'zod';
import {
  combinePolicies,
  type GroupPolicies,
  type OnePolicy,
} from '#adapters/aws/auto-scaling/describe-policies.ts';
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

/**
 * Policies of one service, or of every service of the region, by its identifier. Services without a
 * policy are absent.
 * @throws whatever `call` throws.
 */
export async function describeServicePolicies(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, GroupPolicies>> {
  const policies = new Map<string, OnePolicy[]>();
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
      const { ResourceId: service, PolicyType: type, PolicyName: name } = policy;
      const known = policies.get(service) ?? [];
      policies.set(service, [...known, { type, name, cpuTarget: cpuTargetOf(policy) }]);
    }
    next = page.NextToken;
  } while (next);
  return new Map([...policies].map(([service, own]) => [service, combinePolicies(own)] as const));
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
