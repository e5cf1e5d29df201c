import type { ClusterProfile } from '#core/domain/profiles.ts';

/**
 * The refined clusters with the members that measured nothing in the window. Silence is no
 * evidence: such a member stays in its cluster, and a cluster of which all members are silent stays
 * as it was.
 * @param silent identifiers of the applications that measured nothing.
 * @returns sorted by identifier.
 */
export function keepSilentMembers(
  refined: readonly ClusterProfile[],
  previous: readonly ClusterProfile[],
  silent: ReadonlySet<string>,
): readonly ClusterProfile[] {
  const clusters = new Map(refined.map((cluster) => [cluster.clusterId, cluster]));
  for (const before of previous) {
    const members = before.applications.filter((id) => silent.has(id));
    if (members.length === 0) continue;
    const cluster = clusters.get(before.clusterId);
    const applications = [...(cluster?.applications ?? []), ...members].sort();
    clusters.set(before.clusterId, { ...(cluster ?? before), applications });
  }
  return [...clusters.values()].sort((a, b) => (a.clusterId < b.clusterId ? -1 : 1));
}
