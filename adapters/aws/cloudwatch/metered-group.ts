import type { GroupMetric } from './group-metrics.ts';

/** A group whose usage CloudWatch measures. */
export interface MeteredGroup {
  /** Name of the Auto Scaling group. */
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** What one of its instances has: CloudWatch tells use in percent of it. */
  readonly vcpus: number;
  readonly memoryBytes: number;
  /** 300 with basic monitoring, 60 with detailed monitoring: the time one sample of CPUUtilization covers. */
  readonly monitoringSeconds: 60 | 300;
  /**
   * What is asked for; everything unless told. CloudWatch takes $0.01 for 1,000 metrics asked for, there or not: all ten
   * every five minutes are $0.86 a month.
   */
  readonly metrics?: readonly GroupMetric[];
}
