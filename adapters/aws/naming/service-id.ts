/** An ECS service by its cluster and its own name. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

const SERVICE_ID = /^service\/([^/]+)\/([^/]+)$/;

/**
 * The names in an application's identifier, which for a service is what Application Auto Scaling
 * calls its resource id: "service/CLUSTER/NAME". Null for anything else, such as an Auto Scaling
 * group.
 */
export function parseServiceId(applicationId: string): ServiceName | null {
  const [, cluster, service] = SERVICE_ID.exec(applicationId) ?? [];
  return cluster === undefined || service === undefined ? null : { cluster, service };
}

/** True for an ECS service, false for an Auto Scaling group. */
export function isServiceId(applicationId: string): boolean {
  return SERVICE_ID.test(applicationId);
}
