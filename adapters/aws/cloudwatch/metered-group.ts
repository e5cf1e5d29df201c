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
}
