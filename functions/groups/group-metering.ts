import { SERVICE_METRICS, type GroupMetric } from '#adapters/aws/cloudwatch/group-metrics.ts';
import { memoryMetricOf } from '#adapters/aws/cloudwatch/memory-metric.ts';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';

const METRICS_OF: Readonly<Record<Resource, readonly GroupMetric[]>> = {
  cpu: ['cpuPercent', 'cpuSamples', 'inService'],
  // The share of memory is that of one instance: how many there are has to be known.
  memory: ['memoryPercent', 'cpuSamples', 'inService'],
  disk: ['ebsRead', 'ebsWrite', 'diskRead', 'diskWrite'],
  network: ['networkIn', 'networkOut'],
};

export type Metering = Pick<MeteredGroup, 'monitoringSeconds' | 'metrics' | 'memoryMetric'>;

const OF_SERVICES: readonly GroupMetric[] = SERVICE_METRICS.map(({ key }) => key);

/**
 * How a service is measured: what ECS publishes of it and its tags ask for. A resource that a task
 * has no size of has no use either, as the use is a share of the size.
 * @param size of one task.
 */
export function serviceMetering(
  { monitoringSeconds, metrics = OF_SERVICES }: Metering,
  { cpu, memory }: Pick<Footprint, 'cpu' | 'memory'>,
): Metering {
  const unsized = new Set<GroupMetric>([
    ...(cpu === null ? (['cpuPercent'] as const) : []),
    ...(memory === null ? (['memoryPercent'] as const) : []),
  ]);
  return { monitoringSeconds, metrics: metrics.filter((metric) => !unsized.has(metric)) };
}

/**
 * What a group's tags say of how it is measured. A tag that names no resource is a typing mistake
 * and measures all.
 * @param metrics names of resources, separated by anything; all of them where the tag is not there.
 * @param monitoring "60" with detailed monitoring.
 * @param memory where memory is published, see `memoryMetricOf`.
 */
export function groupMetering(
  metrics: string | undefined,
  monitoring: string | undefined,
  memory?: string,
): Metering {
  const words = metrics?.split(/[^a-z]+/) ?? [];
  const named = RESOURCES.filter((resource) => words.includes(resource));
  return {
    monitoringSeconds: monitoring === '60' ? 60 : 300,
    ...(memory !== undefined && { memoryMetric: memoryMetricOf(memory) }),
    ...(named.length > 0 && {
      metrics: [...new Set(named.flatMap((resource) => METRICS_OF[resource]))],
    }),
  };
}
