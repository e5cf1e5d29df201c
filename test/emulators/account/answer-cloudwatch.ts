import type { GetMetricDataCommandInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricPeriod } from '#evaluation/account/metric-log.ts';
import { metricOwner } from '#test/emulators/metric-owner.ts';
import type { Answers } from './answer-sdk.ts';
import type { BoxGroup } from './box-group.ts';

/** Values of a period by name and statistic of a metric; null where it is not published. */
const STATISTICS: Readonly<Record<string, (period: MetricPeriod) => number | null>> = {
  'CPUUtilization Average': ({ utilization }) => utilization * 100,
  'CPUUtilization SampleCount': ({ samples }) => samples,
  'GroupInServiceInstances Average': ({ instances }) => instances,
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
  const statistic = STATISTICS[`${MetricName} ${asked?.Stat ?? ''}`];
  if (!group || !statistic) return [];
  const { metrics, startSeconds } = group.world;
  const periods = metrics.read({
    ...range,
    // Nothing was measured before the group was there.
    fromSeconds: Math.max(range.fromSeconds, startSeconds),
    periodSeconds: asked?.Period ?? 300,
  });
  return periods.flatMap((period) => {
    const value = statistic(period);
    return value === null ? [] : [[period.startSeconds, value] as const];
  });
}
