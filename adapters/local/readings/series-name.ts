import type { Labels } from '#adapters/local/formats/format.ts';
import { ownValue } from '#core/text/own-value.ts';

/** Labels that name what an application is, the one that says most about it first. */
const NAMING = [
  'workload',
  'deployment',
  'statefulset',
  'daemonset',
  'app_kubernetes_io_name',
  'app',
  'application',
  'service',
  'kube_deployment',
  'AutoScalingGroupName',
  'ServiceName',
  'job_name',
  'pod',
  'pod_name',
  'container',
  'InstanceId',
  'hostname',
  'host',
  'instance',
  'job',
];

/**
 * Name of an application by its labels: those of `by`, joined by a slash; without them the most
 * telling label after the namespace; otherwise all values.
 * @returns null if the labels have no value, or the name of the missing label of `by`.
 */
export function seriesName(
  labels: Labels,
  by: readonly string[],
): string | null | { readonly missing: string } {
  const values = Object.values(labels).filter((value) => value !== '');
  if (values.length === 0) return null;
  if (by.length > 0) {
    const missing = by.find((label) => (ownValue(labels, label) ?? '') === '');
    return missing === undefined ? by.map((label) => labels[label]).join('/') : { missing };
  }
  const telling = NAMING.map((label) => ownValue(labels, label) ?? '').find(
    (value) => value !== '',
  );
  if (telling === undefined) return values.join('/');
  const namespace = labels['namespace'] ?? '';
  return namespace === '' ? telling : `${namespace}/${telling}`;
}
