import { averageFootprint } from '#core/clustering/shape/average-footprint.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';

export interface ClusterMembers {
  readonly clusterId: string;
  readonly name: string;
  /** All members, newcomers included, sorted by identifier. */
  readonly applications: readonly string[];
  readonly medoid: string;
  /** Windows of the members with enough history. */
  readonly windows: readonly FootprintWindow[];
}

/**
 * Profile of one cluster. The models are copied from the cluster's previous profile. The version
 * increases by one.
 */
export function clusterProfile(
  cluster: ClusterMembers,
  previous: ClusterProfile | undefined,
): ClusterProfile {
  const { clusterId, name, applications, medoid, windows } = cluster;
  const average: Partial<Record<Resource, readonly (readonly [number, number])[]>> = {};
  for (const resource of RESOURCES) {
    const series = averageFootprint(windows, resource);
    if (series.length > 0) average[resource] = series;
  }
  return {
    clusterId,
    name,
    applications,
    averageFootprint: average,
    medoid,
    predictiveModel: previous?.predictiveModel ?? {},
    meanLevel: perResource((resource) => meanLevel(windows, resource)),
    version: (previous?.version ?? 0) + 1,
  };
}

function meanLevel(windows: readonly FootprintWindow[], resource: Resource): number | null {
  return meanMeasured(
    Float64Array.from(windows, (window) => meanMeasured(window.values[resource]) ?? NaN),
  );
}
