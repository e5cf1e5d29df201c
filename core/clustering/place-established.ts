import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import { joinNearest, judgeDivergence, type DivergenceVerdict } from './divergence.ts';
import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';

export interface PlacedApplication {
  readonly shape: FootprintShape;
  readonly previousClusterId: string | null;
  readonly divergenceStreak: number;
}

/** A cluster as its sample describes it. */
export interface SampledCluster {
  readonly clusterId: string;
  readonly medoidShape: FootprintShape;
  readonly typical: number;
}

/**
 * Cluster of an application with a known shape that is not in the sample (see `clusteringSample`): that of the nearest
 * medoid where the sample was partitioned anew, otherwise where it was, unless it diverged, as for those in the sample.
 * @param fresh why the sample was partitioned anew, null where the clusters of the last run stay.
 * @param clusters at least one where the sample was partitioned anew.
 */
export function placeEstablished(
  { shape, previousClusterId, divergenceStreak }: PlacedApplication,
  clusters: readonly SampledCluster[],
  {
    fresh,
    settings,
    unknownDistance,
  }: {
    readonly fresh: string | null;
    readonly settings: ClusteringSettings;
    readonly unknownDistance: number;
  },
): DivergenceVerdict {
  const ratios = clusters
    .map(({ clusterId, medoidShape, typical }) => {
      const found = shapeDistance(shape, medoidShape);
      const distance = Number.isNaN(found) ? unknownDistance : found;
      return { clusterId, distance, ratio: distance / typical };
    })
    .sort((a, b) => a.distance - b.distance || (a.clusterId < b.clusterId ? -1 : 1));
  if (fresh !== null) {
    return { clusterId: ratios[0]!.clusterId, divergenceStreak: 0, reason: fresh };
  }
  const own = ratios.find(({ clusterId }) => clusterId === previousClusterId);
  if (own === undefined) return joinNearest(ratios, settings);
  const others = ratios.filter((ratio) => ratio !== own);
  return judgeDivergence(own, others, { divergenceStreak, settings });
}
