/**
 * Where the workload of a pod is known from: the recording rule of kube-prometheus-stack, the
 * metrics of kube-state-metrics, or the name of the pod.
 */
export type OwnerSource = 'recorded' | 'kube-state-metrics' | 'pod-name';

/** A metric of each source by which it is recognised, the most exact first. */
export const OWNER_SIGNS: readonly (readonly [OwnerSource, string])[] = [
  ['recorded', 'namespace_workload_pod:kube_pod_owner:relabel'],
  ['kube-state-metrics', 'kube_pod_owner'],
];

/** Deployments add two parts to their name, DaemonSets one, StatefulSets a number. */
const POD_NAME = '(.+?)(-[0-9a-f]{5,10}-[0-9a-z]{5}|-[0-9]+|-[0-9a-z]{5})?';

/** Adds the label `workload` to a vector with the labels namespace and pod. */
export function ownersOfPods(source: OwnerSource): (perPod: string) => string {
  if (source === 'pod-name') {
    return (perPod) => `label_replace(${perPod}, "workload", "$1", "pod", "${POD_NAME}")`;
  }
  const owners =
    source === 'recorded' ? 'namespace_workload_pod:kube_pod_owner:relabel' : ownersByKind();
  return (perPod) =>
    `${perPod} * on (namespace, pod) group_left (workload) ` +
    `(group by (namespace, pod, workload) (${owners}))`;
}

/** A Deployment owns the ReplicaSet that owns the pod; a pod without an owner stands for itself. */
function ownersByKind(): string {
  const named = (vector: string, label: string, from: string) =>
    `label_replace(${vector}, "${label}", "$1", "${from}", "(.+)")`;
  const ofReplicaSet = named('kube_pod_owner{owner_kind="ReplicaSet"}', 'replicaset', 'owner_name');
  const ofDeployment = named(
    'kube_replicaset_owner{owner_kind="Deployment"}',
    'workload',
    'owner_name',
  );
  const deployments =
    `max by (namespace, pod, workload) (${ofReplicaSet} * on (namespace, replicaset) ` +
    `group_left (workload) max by (namespace, replicaset, workload) (${ofDeployment}))`;
  const others = named('kube_pod_owner{owner_name!~"|<none>"}', 'workload', 'owner_name');
  const bare = named('kube_pod_owner{owner_name=~"|<none>"}', 'workload', 'pod');
  const rest = `max by (namespace, pod, workload) (${others} or ${bare})`;
  return `${deployments} or on (namespace, pod) ${rest}`;
}
