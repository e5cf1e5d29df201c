import type { Followed } from '#core/clustering/change/follow-changes.ts';
import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';
import type { HalfDays } from '#core/clustering/shape/half-days.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';
import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import { judgeDivergence, returnToCluster, type DivergenceVerdict } from './divergence.ts';
import { errorByGroup, errorByItself, type GroupDays } from './forecast-error.ts';

export interface PlacedApplication {
  readonly shape: FootprintShape;
  readonly days: HalfDays;
  readonly change: Followed['change'];
  readonly previousClusterId: string | null;
  readonly divergenceStreak: number;
}

/** A cluster as its members in the sample describe it. */
export interface SampledCluster {
  readonly clusterId: string;
  readonly medoidShape: FootprintShape;
  readonly typical: number;
  readonly days: GroupDays;
}

/**
 * Cluster of an application that has a shape but is not in the sample (see `clusteringSample`). If
 * the sample was partitioned anew, the application joins the nearest medoid. Otherwise it stays in
 * its cluster unless it diverged, like an application of the sample.
 * @param fresh reason for a fresh partition of the sample; null if the previous clusters were kept.
 * @param clusters at least one if the sample was partitioned anew.
 */
export function placeEstablished(
  { shape, days, change, previousClusterId, divergenceStreak }: PlacedApplication,
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
    .map(({ clusterId, medoidShape, typical, days: members }) => {
      const measured = shapeDistance(shape, medoidShape);
      const distance = Number.isNaN(measured) ? unknownDistance : measured;
      const error = errorByGroup(days, members, false);
      return { clusterId, distance, ratio: distance / typical, error };
    })
    .sort((a, b) => a.distance - b.distance || (a.clusterId < b.clusterId ? -1 : 1));
  if (fresh !== null) {
    return { clusterId: ratios[0].clusterId, divergenceStreak: 0, reason: fresh };
  }
  const own = ratios.find(({ clusterId }) => clusterId === previousClusterId);
  const alone = errorByItself(days);
  if (own === undefined) return returnToCluster(ratios, { alone, settings });
  if (change !== null) return { ...change, divergenceStreak: 0 };
  const others = ratios.filter((ratio) => ratio !== own);
  return judgeDivergence(own, others, { divergenceStreak, settings, alone });
}
