import type { DistanceMatrix } from './distance-matrix.ts';

/**
 * Mean silhouette width. An item with mean distance a to the rest of its cluster and b to the
 * nearest other cluster has the width (b − a) ÷ max(a, b); an item alone in its cluster has the
 * width 0 (Rousseeuw, J. Comput. Appl. Math. 20, 1987). O(n²).
 * @param labels cluster of each item, 0 … clusters − 1; −1 for an item in no cluster.
 * @returns in [−1, 1]; 0 with fewer than two clusters, where the width is undefined.
 */
export function meanSilhouette(distances: DistanceMatrix, labels: Int32Array): number {
  const clusters = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const sizes = new Float64Array(clusters);
  for (const label of labels) if (label >= 0) sizes[label] += 1;
  if (sizes.filter((size) => size > 0).length < 2) return 0;
  let total = 0;
  for (let item = 0; item < distances.size; item++) {
    const label = labels[item];
    if (label < 0 || sizes[label] < 2) continue;
    total += width(clusterSums(distances, labels, item), sizes, label);
  }
  return total / distances.size;
}

/** Sum of the distances from one item to the members of each cluster. */
function clusterSums(distances: DistanceMatrix, labels: Int32Array, item: number): Float64Array {
  const sums = new Float64Array(labels.reduce((most, label) => Math.max(most, label + 1), 0));
  const row = item * distances.size;
  for (let other = 0; other < distances.size; other++) {
    const label = labels[other];
    if (label >= 0) sums[label] += distances.values[row + other];
  }
  return sums;
}

function width(sums: Float64Array, sizes: Float64Array, own: number): number {
  const inside = sums[own] / (sizes[own] - 1);
  let outside = Infinity;
  for (let cluster = 0; cluster < sums.length; cluster++) {
    if (cluster === own || sizes[cluster] === 0) continue;
    outside = Math.min(outside, sums[cluster] / sizes[cluster]);
  }
  const largest = Math.max(inside, outside);
  return largest === 0 ? 0 : (outside - inside) / largest;
}
