import type { ClusterProfile } from '#core/profiles.ts';

/** A line per cluster: its name and its members, the most typical one first. */
export function clusterLines(clusters: readonly ClusterProfile[]): readonly string[] {
  return clusters.map(({ clusterId, applications, medoid }) => {
    const others = applications.filter((id) => id !== medoid);
    return `${clusterId} (${applications.length}): ${[medoid, ...others].join(', ')}`;
  });
}

/** Who belongs to no cluster, if anybody does not. */
export function outsiderLine(
  assignments: readonly { readonly applicationId: string; readonly clusterId: string | null }[],
): readonly string[] {
  const outside = assignments.filter(({ clusterId }) => clusterId === null);
  if (outside.length === 0) return [];
  return [`in no cluster: ${outside.map(({ applicationId }) => applicationId).join(', ')}`];
}
