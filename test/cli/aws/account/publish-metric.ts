import { PutMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';

const STEP_SECONDS = 300;
const CALL_VALUES = 500;

/** Publishes a metric of a group: one value for each of the last so many days' five minutes. */
export async function publishMetric(
  client: CloudWatchClient,
  metric: { readonly namespace: string; readonly name: string; readonly group: string },
  { days, valueAt }: { readonly days: number; readonly valueAt: (seconds: number) => number },
): Promise<void> {
  const now = Math.floor(Date.now() / 1000 / STEP_SECONDS) * STEP_SECONDS;
  const Dimensions = [{ Name: 'AutoScalingGroupName', Value: metric.group }];
  const data = Array.from({ length: (days * 86_400) / STEP_SECONDS }, (_, k) => {
    const seconds = now - (k + 1) * STEP_SECONDS;
    const Timestamp = new Date(seconds * 1000);
    return { MetricName: metric.name, Dimensions, Timestamp, Value: valueAt(seconds) };
  });
  for (let at = 0; at < data.length; at += CALL_VALUES) {
    const MetricData = data.slice(at, at + CALL_VALUES);
    await client.send(new PutMetricDataCommand({ Namespace: metric.namespace, MetricData }));
  }
}
