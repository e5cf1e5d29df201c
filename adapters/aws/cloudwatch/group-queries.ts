import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { parseServiceId } from '#adapters/aws/naming/service-id.ts';
import {
  GROUP_METRICS,
  SERVICE_METRICS,
  WEIGHTED_METRIC,
  type GroupMetric,
} from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Most queries that CloudWatch accepts in one call. */
const CALL_QUERIES = 500;

/** Most groups that one call can request. */
export const CALL_GROUPS = Math.floor(CALL_QUERIES / GROUP_METRICS.length);

/** Groups in calls that CloudWatch accepts. */
export function callsOf(groups: readonly MeteredGroup[]): readonly (readonly MeteredGroup[])[] {
  const calls: MeteredGroup[][] = [];
  let call: MeteredGroup[] = [];
  let queries = 0;
  for (const group of groups) {
    const own = metricsOf(group).length;
    if (call.length === CALL_GROUPS || queries + own > CALL_QUERIES) [call, queries] = [[], 0];
    if (call.length === 0) calls.push(call);
    call.push(group);
    queries += own;
  }
  return calls;
}

/** Identifier of a query within its call: index of the group and metric. */
export function queryId(group: number, metric: GroupMetric): string {
  return `g${group}_${metric}`;
}

/** Metrics to request for a group or a service. */
export function metricsOf({ applicationId, metrics, memoryMetric, unit }: MeteredGroup) {
  const isService = parseServiceId(applicationId) !== null;
  const published = isService ? SERVICE_METRICS : GROUP_METRICS;
  const isAsked = (key: GroupMetric) => metrics === undefined || metrics.includes(key);
  const asked = published
    .filter(({ key }) => isAsked(key))
    .map((metric) =>
      metric.key === 'memoryPercent' && !isService ? { ...metric, ...memoryMetric } : metric,
    );
  // Shares are shares of what the units hold; instances are counted whatever they weigh.
  const hasShares = isAsked('cpuPercent') || isAsked('memoryPercent');
  return unit !== undefined && hasShares ? [...asked, WEIGHTED_METRIC] : asked;
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
