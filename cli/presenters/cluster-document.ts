import { isoTime } from '#cli/output/iso-time.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';

/** The JSON of a cluster profile, as the contract defines it, with times in ISO 8601. */
export function clusterDocument(cluster: ClusterProfile): unknown {
  const average = Object.entries(cluster.averageFootprint).map(
    ([resource, series]) =>
      [resource, series.map(([seconds, value]) => [isoTime(seconds), value])] as const,
  );
  return {
    cluster_id: cluster.clusterId,
    name: cluster.name ?? cluster.clusterId,
    applications: cluster.applications,
    medoid: cluster.medoid,
    mean_level: cluster.meanLevel,
    average_footprint: Object.fromEntries(average),
  };
}
