import type { AutoScalingClient, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { listPolicies } from './list-policies.ts';

/** What a group's own scaling policies say. */
export interface GroupPolicies {
  /**
   * Share of CPU that its owner wants used, 0 to 1: the smallest target of its target tracking
   * policies of average CPU; null without one.
   */
  readonly cpuTarget: number | null;
  /** Names of the policies that change its desired capacity by what is measured. */
  readonly dynamic: readonly string[];
}

export const NO_POLICIES: GroupPolicies = { cpuTarget: null, dynamic: [] };

/** Types that follow a metric or an alarm; predictive scaling only raises ahead of time. */
const DYNAMIC = ['TargetTrackingScaling', 'StepScaling', 'SimpleScaling'];

/**
 * Policies of one group, or of every group of this account and region, by the group's name. Groups
 * without an enabled policy are absent.
 * @throws whatever the SDK throws.
 */
export async function describePolicies(
  client: AutoScalingClient,
  group?: string,
): Promise<ReadonlyMap<string, GroupPolicies>> {
  const listed = await listPolicies(client, group);
  return new Map([...listed].map(([name, policies]) => [name, policiesOf(policies)] as const));
}

/** What a group's enabled policies say. */
export function policiesOf(policies: readonly ScalingPolicy[]): GroupPolicies {
  return combinePolicies(
    policies.map((policy) => ({
      type: policy.PolicyType ?? 'SimpleScaling',
      name: policy.PolicyName ?? '',
      cpuTarget: cpuTargetOf(policy),
    })),
  );
}

/** One policy of a group or a service. */
interface OnePolicy extends Pick<GroupPolicies, 'cpuTarget'> {
  readonly type: string;
  readonly name: string;
}

/** What several policies of one group or one service say together. */
export function combinePolicies(policies: readonly OnePolicy[]): GroupPolicies {
  const targets = policies.flatMap(({ cpuTarget }) => cpuTarget ?? []);
  return {
    cpuTarget: targets.length === 0 ? null : Math.min(...targets),
    dynamic: policies.flatMap(({ type, name }) => (DYNAMIC.includes(type) ? [name] : [])),
  };
}

/** Target of a target tracking policy of average CPU, 0 to 1; null for any other policy. */
export function cpuTargetOf({
  TargetTrackingConfiguration: tracking,
}: ScalingPolicy): number | null {
  if (!tracking || !isAverageCpu(tracking)) return null;
  const share = (tracking.TargetValue ?? NaN) / 100;
  return share > 0 && share <= 1 ? share : null;
}

function isAverageCpu({
  PredefinedMetricSpecification: predefined,
  CustomizedMetricSpecification: customized,
}: NonNullable<ScalingPolicy['TargetTrackingConfiguration']>): boolean {
  return (
    predefined?.PredefinedMetricType === 'ASGAverageCPUUtilization' ||
    (customized?.Namespace === 'AWS/EC2' && customized.MetricName === 'CPUUtilization')
  );
}
