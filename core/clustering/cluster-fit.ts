import { median } from '#models/numeric/median.ts';
import type { DistanceMatrix } from './distance-matrix.ts';

/**
 * Smallest typical distance of a cluster. Two weeks of one noisy application lie about this far
 * apart, so smaller distances are noise. The limit keeps ratios meaningful in clusters of almost
 * identical applications.
 */
const SMALLEST_TYPICAL = 0.05;

/** Centre and width of one cluster. Items are rows of the distance matrix. */
export interface ClusterGeometry {
  readonly members: readonly number[];
  readonly medoid: number;
  /** Sum of the distances of each member to all members, in the order of `members`. */
  readonly sums: Float64Array;
  /** Median distance of the other members to the medoid. */
  readonly typical: number;
}

/**
 * How well an item fits a cluster: the distance to the medoid of the *other* members, and that
 * distance ÷ the typical distance.
 */
export interface ClusterFit {
  readonly medoid: number;
  readonly distance: number;
  readonly ratio: number;
}

/**
 * Medoid and typical distance of each cluster. The typical distance is at least that of the whole
 * partition. A tight cluster, or a small one whose width is chance, must not be stricter than the
 * others.
 * @param clusters members of each cluster, none empty.
 */
export function clusterGeometries(
  distances: DistanceMatrix,
  clusters: readonly (readonly number[])[],
): readonly ClusterGeometry[] {
  const centred = clusters.map((members) => {
    const sums = Float64Array.from(members, (member) =>
      members.reduce((sum, other) => sum + between(distances, member, other), 0),
    );
    return { members, sums, medoid: members[indexOfSmallest(sums)] };
  });
  const spread = centred.map(({ members, medoid }) => spreadAround(distances, members, medoid));
  const pooled = medianOrZero(spread.flat());
  return centred.map((cluster, index) => ({
    ...cluster,
    typical: Math.max(medianOrZero(spread[index]), pooled, SMALLEST_TYPICAL),
  }));
}

/**
 * Fit of an item to a cluster of which it may or may not be a member. A member is compared with the
 * other members only; otherwise the medoid would always fit itself.
 * @returns ratio 0 for the only member of a cluster.
 */
export function clusterFit(
  distances: DistanceMatrix,
  cluster: ClusterGeometry,
  item: number,
): ClusterFit {
  const position = cluster.members.indexOf(item);
  if (position === -1) return fitTo(distances, item, cluster.medoid, cluster.typical);
  if (cluster.members.length === 1) return { medoid: item, distance: 0, ratio: 0 };
  const sums = cluster.sums.map((sum, index) =>
    index === position ? Infinity : sum - between(distances, item, cluster.members[index]),
  );
  const medoid = cluster.members[indexOfSmallest(sums)];
  return fitTo(distances, item, medoid, cluster.typical);
}

function fitTo(
  distances: DistanceMatrix,
  item: number,
  medoid: number,
  typical: number,
): ClusterFit {
  const distance = between(distances, item, medoid);
  return { medoid, distance, ratio: distance / typical };
}

const between = (distances: DistanceMatrix, a: number, b: number): number =>
  distances.values[a * distances.size + b];

function spreadAround(
  distances: DistanceMatrix,
  members: readonly number[],
  medoid: number,
): readonly number[] {
  return members
    .filter((member) => member !== medoid)
    .map((member) => between(distances, medoid, member));
}

/** Median; 0 without values. */
function medianOrZero(values: readonly number[]): number {
  return values.length === 0 ? 0 : median(Float64Array.from(values));
}

function indexOfSmallest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index] < values[best]) best = index;
  }
  return best;
}
