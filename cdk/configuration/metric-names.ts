/**
 * Custom metrics, written through the functions' logs (embedded metric format), per deployment and
 * not per group.
 */
export const METRIC_NAMESPACE = 'Foreprint';
/**
 * Dimension that the metrics library adds, with the deployment's name as its value: two deployments
 * of an account must not ring each other's alarms.
 */
export const METRIC_DIMENSION = 'service';
export const METRICS = [
  'Applications',
  'FailedApplications',
  'UnreachedApplications',
  'IncidentsOpened',
  'Decisions',
] as const;
export type MetricName = (typeof METRICS)[number];
