import type { ReclusterOutcome } from '#core/use-cases/recluster.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';

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

/** What a refinement external: the clusters, who is in none, who moved and why. */
export function reclusterLines({
  clusters,
  assignments,
  moves,
}: ReclusterOutcome): readonly string[] {
  const moved = moves.map(
    ({ applicationId, from, to, reason }) =>
      `${applicationId} moved from ${from ?? 'its own profile'} to ${to ?? 'its own profile'}: ${reason}`,
  );
  return [...clusterLines(clusters), ...outsiderLine(assignments), ...moved];
}
