import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { GROUP_METRICS, type GroupMetric } from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Most queries that CloudWatch accepts in one call. */
const CALL_QUERIES = 500;

/** Most groups that one call can request. */
export const CALL_GROUPS = Math.floor(CALL_QUERIES / GROUP_METRICS.length);

/** Identifier of a query within its call: index of the group and metric. */
export function queryId(group: number, metric: GroupMetric): string {
  return `g${group}_${metric}`;
}

/** Metrics to request for a group. */
export function metricsOf({ metrics }: MeteredGroup) {
  return GROUP_METRICS.filter(({ key }) => metrics === undefined || metrics.includes(key));
}

/** Queries for several groups. The index of a group in `groups` identifies it in the answer. */
export function groupQueries(
  groups: readonly MeteredGroup[],
  periodSeconds: number,
): MetricDataQuery[] {
  return groups.flatMap((group, index) =>
    metricsOf(group).map(({ key, namespace, name, stat }) => ({
      Id: queryId(index, key),
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: [{ Name: 'AutoScalingGroupName', Value: group.applicationId }],
        },
        Period: periodSeconds,
        Stat: stat,
      },
      ReturnData: true,
    })),
  );
}
