import type { GetMetricDataCommandInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricPeriod, OtherMetric } from '#evaluation/account/metric-log.ts';
import { metricOwner } from '#test/emulators/metrics/metric-owner.ts';
import type { Answers } from './answer-sdk.ts';
import type { BoxGroup } from './box-group.ts';

/** Values of a period by name and statistic of a metric; null where it is not published. */
const STATISTICS: Readonly<Record<string, (period: MetricPeriod) => number | null>> = {
  'CPUUtilization Average': ({ utilization }) => utilization * 100,
  'CPUUtilization SampleCount': ({ samples }) => samples,
  'GroupInServiceInstances Average': ({ instances }) => instances,
};

/** Metrics besides CPU, and what one unit of them counts. */
const OTHERS: Readonly<Record<string, { readonly metric: OtherMetric; readonly unit: number }>> = {
  'NetworkIn Sum': { metric: 'network', unit: 1 },
  'mem_used_percent Average': { metric: 'memory', unit: 100 },
};

/** CloudWatch's GetMetricData, answered from the metrics of simulated groups. */
export function answerCloudwatch(
  groups: ReadonlyMap<string, BoxGroup>,
  nowSeconds: () => number,
): Answers {
  return {
    GetMetricDataCommand: (input: GetMetricDataCommandInput) => {
      const fromSeconds = (input.StartTime?.getTime() ?? 0) / 1000;
      const toSeconds = (input.EndTime?.getTime() ?? 0) / 1000;
      const range = { fromSeconds, toSeconds, nowSeconds: nowSeconds() };
      return {
        MetricDataResults: (input.MetricDataQueries ?? []).map((query) => {
          const values = valuesOf(groups, query, range);
          return {
            Id: query.Id,
            StatusCode: 'Complete',
            Timestamps: values.map(([seconds]) => new Date(seconds * 1000)),
            Values: values.map(([, value]) => value),
          };
        }),
      };
    },
  };
}

function valuesOf(
  groups: ReadonlyMap<string, BoxGroup>,
  { MetricStat: asked }: MetricDataQuery,
  range: { readonly fromSeconds: number; readonly toSeconds: number; readonly nowSeconds: number },
): (readonly [number, number])[] {
  const { MetricName = '' } = asked?.Metric ?? {};
  const group = groups.get(metricOwner(asked?.Metric));
  const name = `${MetricName} ${asked?.Stat ?? ''}`;
  const [statistic, other] = [STATISTICS[name], OTHERS[name]];
  if (!group || !(statistic ?? other)) return [];
  const { metrics, startSeconds } = group.world;
  const query = {
    ...range,
    // Nothing was measured before the group was there.
    fromSeconds: Math.max(range.fromSeconds, startSeconds),
    periodSeconds: asked?.Period ?? 300,
  };
  if (other) {
    const periods = metrics.readOther(other.metric, query);
    return periods.map((period) => [period.startSeconds, period.value * other.unit] as const);
  }
  return metrics.read(query).flatMap((period) => {
    const value = statistic?.(period) ?? null;
    return value === null ? [] : [[period.startSeconds, value] as const];
  });
}
