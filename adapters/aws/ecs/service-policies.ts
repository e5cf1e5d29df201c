import {
  combinePolicies,
  type GroupPolicies,
} from '#adapters/aws/auto-scaling/describe-policies.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { listServicePolicies, type ServicePolicy } from './list-service-policies.ts';

/**
 * What the policies of one service, or of every service of the region, say together, by the
 * service's identifier. Services without a policy are absent.
 * @throws whatever `call` throws.
 */
export async function describeServicePolicies(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, GroupPolicies>> {
  const policies = await listServicePolicies(call, id);
  return new Map(
    [...policies].map(([service, own]) => [
      service,
      combinePolicies(
        own.map((policy) => ({
          type: policy.PolicyType,
          name: policy.PolicyName,
          cpuTarget: cpuTargetOf(policy),
        })),
      ),
    ]),
  );
}

function cpuTargetOf({
  TargetTrackingScalingPolicyConfiguration: tracking,
}: ServicePolicy): number | null {
  if (!tracking) return null;
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: own } =
    tracking;
  const isAverageCpu =
    predefined?.PredefinedMetricType.startsWith('ECSServiceAverageCPUUtilization') ||
    (own?.Namespace === 'AWS/ECS' && own.MetricName === 'CPUUtilization');
  const share = tracking.TargetValue / 100;
  return isAverageCpu && share > 0 && share <= 1 ? share : null;
}
