/**
 * Custom metrics, written through the functions' logs (embedded metric format), per deployment and
 * not per group.
 */
export const METRIC_NAMESPACE = 'Foreprint';
/** Dimension that the metrics library adds: one value per deployment. */
export const METRIC_SERVICE = 'foreprint';
export const METRICS = [
  'Applications',
  'FailedApplications',
  'UnreachedApplications',
  'IncidentsOpened',
  'Decisions',
] as const;
export type MetricName = (typeof METRICS)[number];
