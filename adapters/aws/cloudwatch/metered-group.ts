import type { GroupMetric } from './group-metrics.ts';
import type { MemoryMetric } from './memory-metric.ts';

/** A group or a service whose usage CloudWatch measures. */
export interface MeteredGroup {
  /** Name of the Auto Scaling group, or identifier of the ECS service. */
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** vCPUs and memory of one instance or task. CloudWatch reports usage in percent of them. */
  readonly vcpus: number;
  readonly memoryBytes: number;
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
