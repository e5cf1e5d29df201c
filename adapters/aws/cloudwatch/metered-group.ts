import type { Footprint } from '#core/domain/footprint.ts';
import type { GroupMetric } from './group-metrics.ts';
import type { MemoryMetric } from './memory-metric.ts';

/** vCPUs and memory of an instance, or of a unit of a group's sizes. */
export interface MeteredSize {
  readonly vcpus: number;
  readonly memoryBytes: number;
}

/** A capacity as a size; one vCPU and no memory where it is not known. */
export function meteredSize({ cpu, memory }: Pick<Footprint, 'cpu' | 'memory'>): MeteredSize {
  return { vcpus: cpu ?? 1, memoryBytes: memory ?? 0 };
}

/** A group or a service whose usage CloudWatch measures. */
export interface MeteredGroup extends MeteredSize {
  /** Name of the Auto Scaling group, or identifier of the ECS service. */
  readonly applicationId: string;
  readonly applicationType: string | null;
  /**
   * What one unit of a group with weights holds, as a mean of its instances of today. Absent without
   * weights: an instance is a unit. The group's own `vcpus` and `memoryBytes` are those of one
   * instance or task; CloudWatch reports usage in percent of them.
   */
  readonly unit?: MeteredSize;
  /**
   * Seconds that one sample of CPUUtilization covers: 300 with basic monitoring, 60 with detailed
   * monitoring. A service has one sample a task every minute, or every 20 seconds.
   */
  readonly monitoringSeconds: 20 | 60 | 300;
  /**
   * Metrics to request, all by default. CloudWatch charges per requested metric, whether it exists
   * or not; see docs/aws/cost.md.
   */
  readonly metrics?: readonly GroupMetric[];
  /** Where memory is published, if not by the agent's own names. */
  readonly memoryMetric?: MemoryMetric;
}
