import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusteringSettings } from '#core/domain/settings.ts';
import { assignClusters } from './assign-clusters.ts';
import { clusterGeometries } from './cluster-fit.ts';
import { clusteringSample } from './clustering-sample.ts';
import { distanceMatrix, type DistanceMatrix } from './distance-matrix.ts';
import type { DivergenceVerdict } from './divergence.ts';
import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { placeEstablished } from './place-established.ts';
import type { NamedCluster } from './match-clusters.ts';
import { previousClusters } from './previous-clusters.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';

/** Pairs grow with the square: of these a matrix takes 32 MB and a partition seconds. */
const SAMPLE_SIZE = 2000;

/** Shapes with nothing known in common are as far apart as shapes can be. */
const UNKNOWN_DISTANCE = 1;

export interface ShapedApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Recent history, gaps as NaN; the same grid for all. */
  readonly window: FootprintWindow;
  readonly divergenceStreak: number;
  readonly shape: FootprintShape;
}

export interface ClusteringInput {
  readonly previous: readonly NamedCluster[];
  readonly settings: ClusteringSettings;
  /** Applications that are compared in pairs at most, see `clusteringSample`; 2,000 unless told. */
  readonly sampleSize?: number | undefined;
}

export interface ClusterCore {
  readonly clusterId: string;
  /** Those beyond the sample included. */
  readonly members: readonly ShapedApplication[];
  readonly medoid: ShapedApplication;
  readonly typical: number;
}

export interface Clustered {
  readonly cores: readonly ClusterCore[];
  readonly known: ReadonlyMap<ShapedApplication, DivergenceVerdict>;
}

/** Clusters a sample of the applications, all of them where they are few, and places the others by its medoids. */
export function clusterEstablished(
  established: readonly ShapedApplication[],
  input: ClusteringInput,
): Clustered {
  const { previous, sampleSize = SAMPLE_SIZE } = input;
  const ids = established.map(({ applicationId }) => applicationId);
  const sampled = clusteringSample(ids, previous, sampleSize).map((place) => established[place]!);
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
    },
    previous,
    input.settings,
  );
  const cores = clusterCores(sampled, verdicts, distances);
  const known = new Map(sampled.map((member, index) => [member, verdicts[index]!]));
  if (sampled.length === established.length) return { cores, known };
  placeOthers(established, cores, { ...input, fresh, known });
  const membersOf = (clusterId: string) =>
    established.filter((application) => known.get(application)!.clusterId === clusterId);
  return {
    known,
    cores: cores.map((core) => ({ ...core, members: membersOf(core.clusterId) })),
  };
}

/** Adds to what is known the verdicts on those beyond the sample. */
function placeOthers(
  established: readonly ShapedApplication[],
  cores: readonly ClusterCore[],
  {
    previous,
    settings,
    fresh,
    known,
  }: ClusteringInput & {
    readonly fresh: string | null;
    readonly known: Map<ShapedApplication, DivergenceVerdict>;
  },
): void {
  const clusters = cores.map(({ clusterId, medoid, typical }) => ({
    clusterId,
    typical,
    medoidShape: medoid.shape,
  }));
  const before = previousClusters(previous);
  const context = { fresh, settings, unknownDistance: UNKNOWN_DISTANCE };
  for (const application of established) {
    if (known.has(application)) continue;
    const previousClusterId = before.get(application.applicationId) ?? null;
    known.set(
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
    members: items.map((item) => established[item]!),
    medoid: established[geometries[index]!.medoid]!,
    typical: geometries[index]!.typical,
  }));
}
