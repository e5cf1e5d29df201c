import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { parseServiceId } from '#adapters/aws/naming/service-id.ts';
import { GROUP_METRICS, SERVICE_METRICS, type GroupMetric } from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Most queries that CloudWatch accepts in one call. */
const CALL_QUERIES = 500;

/** Most groups that one call can request. */
export const CALL_GROUPS = Math.floor(CALL_QUERIES / GROUP_METRICS.length);

/** Identifier of a query within its call: index of the group and metric. */
export function queryId(group: number, metric: GroupMetric): string {
  return `g${group}_${metric}`;
}

/** Metrics to request for a group or a service. */
export function metricsOf({ applicationId, metrics, memoryMetric }: MeteredGroup) {
  const isService = parseServiceId(applicationId) !== null;
  const published = isService ? SERVICE_METRICS : GROUP_METRICS;
  return published
    .filter(({ key }) => metrics === undefined || metrics.includes(key))
    .map((metric) =>
      metric.key === 'memoryPercent' && !isService ? { ...metric, ...memoryMetric } : metric,
    );
}

/** What CloudWatch keeps the metrics of a group or a service by. */
function dimensionsOf(applicationId: string) {
  const name = parseServiceId(applicationId);
  if (name === null) return [{ Name: 'AutoScalingGroupName', Value: applicationId }];
  return [
    { Name: 'ClusterName', Value: name.cluster },
    { Name: 'ServiceName', Value: name.service },
  ];
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
          Dimensions: dimensionsOf(group.applicationId),
        },
        Period: periodSeconds,
        Stat: stat,
      },
      ReturnData: true,
    })),
  );
}
