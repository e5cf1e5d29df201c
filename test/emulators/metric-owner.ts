import type { Metric } from '@aws-sdk/client-cloudwatch';

/** The group or the service that a metric is of, by its dimensions. */
export function metricOwner({ Dimensions: dimensions = [] }: Metric = {}): string {
  const valueOf = (name: string) => dimensions.find(({ Name }) => Name === name)?.Value;
  const service = valueOf('ServiceName');
  if (service === undefined) return dimensions[0]?.Value ?? '';
  return `service/${valueOf('ClusterName') ?? ''}/${service}`;
}
