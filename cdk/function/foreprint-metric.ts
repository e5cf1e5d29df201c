import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  METRIC_NAMESPACE,
  METRIC_DIMENSION,
  type MetricName,
} from '#cdk/configuration/metric-names.ts';

/**
 * Sum over five minutes of a metric that the functions write.
 * @param deployment the value of the functions' FOREPRINT_DEPLOYMENT.
 */
export function foreprintMetric(deployment: string, metricName: MetricName): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: deployment },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
