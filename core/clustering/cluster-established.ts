import type { Followed } from '#core/clustering/change/follow-changes.ts';
import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';
import type { HalfDays } from '#core/clustering/shape/half-days.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import { assignClusters } from './assign-clusters.ts';
import { clusterGeometries } from './cluster-fit.ts';
import { clusteringSample } from './clustering-sample.ts';
import { distanceMatrix, type DistanceMatrix } from './distance-matrix.ts';
import type { DivergenceVerdict } from './divergence.ts';
import { groupDays } from './forecast-error.ts';
import type { NamedCluster } from './match-clusters.ts';
import { placeEstablished } from './place-established.ts';
import { previousClusters } from './previous-clusters.ts';

/**
 * Most applications compared in pairs. The distance matrix grows with the square: 8 bytes × 2,000²
 * are 32 MB.
 */
const SAMPLE_SIZE = 2000;

/** Distance of two shapes without a common measured part: the largest distance possible. */
const UNKNOWN_DISTANCE = 1;

export interface ShapedApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Recent history on the same grid for all applications; gaps are NaN. */
  readonly window: FootprintWindow;
  /** The part of it since the application goes as it does now. */
  readonly recent: FootprintWindow;
  readonly change: Followed['change'];
  readonly divergenceStreak: number;
  readonly shape: FootprintShape;
  readonly days: HalfDays;
}

export interface ClusteringInput {
  readonly previous: readonly NamedCluster[];
  readonly settings: ClusteringSettings;
  /** Most applications compared in pairs (see `clusteringSample`); 2,000 by default. */
  readonly sampleSize?: number | undefined;
}

export interface ClusterCore {
  readonly clusterId: string;
  /** All members, including those outside the sample. */
  readonly members: readonly ShapedApplication[];
  readonly medoid: ShapedApplication;
  readonly typical: number;
}

export interface Clustered {
  readonly cores: readonly ClusterCore[];
  readonly verdictOf: ReadonlyMap<ShapedApplication, DivergenceVerdict>;
}

/**
 * Clusters a sample of the applications and assigns the others to the sample's medoids. A small
 * fleet is its own sample.
 */
export function clusterEstablished(
  established: readonly ShapedApplication[],
  input: ClusteringInput,
): Clustered {
  const { previous, sampleSize = SAMPLE_SIZE } = input;
  const ids = established.map(({ applicationId }) => applicationId);
  const sampled = clusteringSample(ids, previous, sampleSize).map((place) => established[place]);
  const distances = distanceMatrix(
    sampled.map(({ shape }) => shape),
    shapeDistance,
    UNKNOWN_DISTANCE,
  );
  const { verdicts, fresh } = assignClusters(
    {
      applicationIds: sampled.map(({ applicationId }) => applicationId),
      divergenceStreaks: sampled.map(({ divergenceStreak }) => divergenceStreak),
      distances,
      days: sampled.map(({ days }) => days),
      changes: sampled.map(({ change }) => change),
    },
    previous,
    input.settings,
  );
  const cores = clusterCores(sampled, verdicts, distances);
  const verdictOf = new Map(sampled.map((member, index) => [member, verdicts[index]]));
  if (sampled.length === established.length) return { cores, verdictOf };
  placeOthers(established, cores, { ...input, fresh, verdictOf });
  const membersOf = (clusterId: string) =>
    established.filter((application) => verdictOf.get(application)!.clusterId === clusterId);
  return {
    verdictOf,
    cores: cores.map((core) => ({ ...core, members: membersOf(core.clusterId) })),
  };
}

/** Adds verdicts for the applications outside the sample. */
function placeOthers(
  established: readonly ShapedApplication[],
  cores: readonly ClusterCore[],
  {
    previous,
    settings,
    fresh,
    verdictOf,
  }: ClusteringInput & {
    readonly fresh: string | null;
    readonly verdictOf: Map<ShapedApplication, DivergenceVerdict>;
  },
): void {
  const clusters = cores.map(({ clusterId, medoid, members, typical }) => ({
    clusterId,
    typical,
    medoidShape: medoid.shape,
    days: groupDays(members.map(({ days }) => days)),
  }));
  const before = previousClusters(previous);
  const context = { fresh, settings, unknownDistance: UNKNOWN_DISTANCE };
  for (const application of established) {
    if (verdictOf.has(application)) continue;
    const previousClusterId = before.get(application.applicationId) ?? null;
    verdictOf.set(
      application,
      placeEstablished({ ...application, previousClusterId }, clusters, context),
    );
  }
}

function clusterCores(
  established: readonly ShapedApplication[],
  verdicts: readonly DivergenceVerdict[],
  distances: DistanceMatrix,
): readonly ClusterCore[] {
  const groups = new Map<string, number[]>();
  verdicts.forEach(({ clusterId }, item) => {
    if (clusterId !== null) groups.set(clusterId, [...(groups.get(clusterId) ?? []), item]);
  });
  const ordered = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const geometries = clusterGeometries(
    distances,
    ordered.map(([, items]) => items),
  );
  return ordered.map(([clusterId, items], index) => ({
    clusterId,
    members: items.map((item) => established[item]),
    medoid: established[geometries[index].medoid],
    typical: geometries[index].typical,
  }));
}
