import type { NamedCluster } from './match-clusters.ts';

/** Cluster of every application in the previous refinement. */
export function previousClusters(previous: readonly NamedCluster[]): ReadonlyMap<string, string> {
  return new Map(
    previous.flatMap(({ clusterId, applications }) => applications.map((id) => [id, clusterId])),
  );
}
