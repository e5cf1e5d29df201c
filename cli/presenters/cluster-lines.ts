import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { ReclusterOutcome } from '#core/use-cases/recluster.ts';
import { formatCount } from '#html-report/text/format.ts';

/** One line per cluster: its name and its members, the medoid first. */
export function clusterLines(clusters: readonly ClusterProfile[]): readonly string[] {
  return clusters.map(({ clusterId, name = clusterId, applications, medoid }) => {
    const others = applications.filter((id) => id !== medoid);
    const count = formatCount(applications.length, 'application');
    return `${name}, ${count}: ${[medoid, ...others].join(', ')}`;
  });
}

/** The applications that belong to no cluster; empty if all belong to one. */
export function outsiderLine(
  assignments: readonly { readonly applicationId: string; readonly clusterId: string | null }[],
): readonly string[] {
  const unclustered = assignments.filter(({ clusterId }) => clusterId === null);
  if (unclustered.length === 0) return [];
  return [`in no cluster: ${unclustered.map(({ applicationId }) => applicationId).join(', ')}`];
}

/** Result of a refinement: clusters, unclustered applications, and moves with their reasons. */
export function reclusterLines({
  clusters,
  assignments,
  moves,
}: ReclusterOutcome): readonly string[] {
  const names = new Map(clusters.map(({ clusterId, name = clusterId }) => [clusterId, name]));
  const place = (clusterId: string | null): string =>
    clusterId === null ? 'its own profile' : (names.get(clusterId) ?? clusterId);
  const moved = moves.map(
    ({ applicationId, from, to, reason }) =>
      `${applicationId} moved from ${place(from)} to ${place(to)}: ${reason}`,
  );
  return [...clusterLines(clusters), ...outsiderLine(assignments), ...moved];
}
