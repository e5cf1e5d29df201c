import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MeteredGroup } from './metered-group.ts';

/** What is asked of CloudWatch for every group, in this order. */
export const GROUP_METRICS = [
  { key: 'cpuPercent', namespace: 'AWS/EC2', name: 'CPUUtilization', stat: 'Average' },
  { key: 'cpuSamples', namespace: 'AWS/EC2', name: 'CPUUtilization', stat: 'SampleCount' },
  {
    key: 'inService',
    namespace: 'AWS/AutoScaling',
    name: 'GroupInServiceInstances',
    stat: 'Average',
  },
  { key: 'memoryPercent', namespace: 'CWAgent', name: 'mem_used_percent', stat: 'Average' },
  { key: 'ebsRead', namespace: 'AWS/EC2', name: 'EBSReadBytes', stat: 'Sum' },
  { key: 'ebsWrite', namespace: 'AWS/EC2', name: 'EBSWriteBytes', stat: 'Sum' },
  { key: 'diskRead', namespace: 'AWS/EC2', name: 'DiskReadBytes', stat: 'Sum' },
  { key: 'diskWrite', namespace: 'AWS/EC2', name: 'DiskWriteBytes', stat: 'Sum' },
  { key: 'networkIn', namespace: 'AWS/EC2', name: 'NetworkIn', stat: 'Sum' },
  { key: 'networkOut', namespace: 'AWS/EC2', name: 'NetworkOut', stat: 'Sum' },
] as const;

export type GroupMetric = (typeof GROUP_METRICS)[number]['key'];

/** Most queries CloudWatch takes in one call. */
const CALL_QUERIES = 500;

/** Groups that one call can ask for. */
export const CALL_GROUPS = Math.floor(CALL_QUERIES / GROUP_METRICS.length);

/** Identifier of a query within its call: which group, which metric. */
export function queryId(group: number, metric: GroupMetric): string {
  return `g${group}_${metric}`;
}

/** All queries of some groups; a group is known by its place among them. */
export function groupQueries(
  groups: readonly MeteredGroup[],
  periodSeconds: number,
): MetricDataQuery[] {
  return groups.flatMap(({ applicationId }, group) =>
    GROUP_METRICS.map(({ key, namespace, name, stat }) => ({
      Id: queryId(group, key),
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: [{ Name: 'AutoScalingGroupName', Value: applicationId }],
        },
        Period: periodSeconds,
        Stat: stat,
      },
      ReturnData: true,
    })),
  );
}
