import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  METRIC_NAMESPACE,
  METRIC_SERVICE,
  type MetricName,
} from '#cdk/configuration/metric-names.ts';

/** Sum over five minutes of a metric that the functions write. */
export function foreprintMetric(metricName: MetricName): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { service: METRIC_SERVICE },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
