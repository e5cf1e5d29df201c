import type { DistanceMatrix } from './distance-matrix.ts';
import { buildMedoids, kMedoids } from './k-medoids.ts';
import type { Partition } from './k-medoids.ts';
import { meanSilhouette } from './silhouette.ts';

/**
 * Below this mean silhouette there is no substantial structure (Kaufman & Rousseeuw 1990, table 4).
 */
const NO_STRUCTURE = 0.25;

export interface ChosenPartition extends Partition {
  /** Mean silhouette width, 0 for one cluster. */
  readonly silhouette: number;
}

/**
 * Partition into 1 … maxClusters clusters with the largest mean silhouette. The smaller number of
 * clusters wins a tie. The result is one cluster if no number of clusters shows structure.
 * @param isWorth whether a partition serves for anything; others are passed over.
 * @throws RangeError without items or with maxClusters below 1.
 */
export function choosePartition(
  distances: DistanceMatrix,
  maxClusters: number,
  isWorth: (labels: Int32Array) => boolean = () => true,
): ChosenPartition {
  if (distances.size < 1) throw new RangeError('nothing to partition');
  if (!(maxClusters >= 1)) {
    throw new RangeError(`maxClusters must be at least 1, got ${maxClusters}`);
  }
  const most = Math.min(maxClusters, distances.size - 1);
  const start = buildMedoids(distances, Math.max(1, most));
  let best: ChosenPartition = { ...kMedoids(distances, start.slice(0, 1)), silhouette: 0 };
  for (let k = 2; k <= most; k++) {
    const partition = kMedoids(distances, start.slice(0, k));
    const silhouette = meanSilhouette(distances, partition.labels);
    const shows = silhouette > Math.max(best.silhouette, NO_STRUCTURE);
    if (shows && isWorth(partition.labels)) best = { ...partition, silhouette };
  }
  return best;
}
