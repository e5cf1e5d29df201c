import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { GROUP_METRICS, type GroupMetric } from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Most queries CloudWatch takes in one call. */
const CALL_QUERIES = 500;

/** Groups that one call can ask for. */
export const CALL_GROUPS = Math.floor(CALL_QUERIES / GROUP_METRICS.length);

/** Identifier of a query within its call: which group, which metric. */
export function queryId(group: number, metric: GroupMetric): string {
  return `g${group}_${metric}`;
}

/** The metrics that are asked for of a group. */
export function metricsOf({ metrics }: MeteredGroup) {
  return GROUP_METRICS.filter(({ key }) => metrics === undefined || metrics.includes(key));
}

/** All queries of some groups; a group is known by its place among them. */
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
