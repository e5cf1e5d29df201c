/** Smallest Jaccard similarity at which a cluster continues a previous one. */
const MINIMUM_OVERLAP = 0.3;

export interface NamedCluster {
  readonly clusterId: string;
  readonly applications: readonly string[];
}

/**
 * Identifiers for the clusters of a new partition. A cluster continues the previous cluster with
 * which it has the largest Jaccard similarity (members in common ÷ members of either). The most
 * similar pairs are matched first, and each previous cluster is continued at most once (Greene,
 * Doyle & Cunningham, Tracking the evolution of communities in dynamic social networks, ASONAM
 * 2010). The other clusters are new.
 * @param clusters members of each cluster of the new partition.
 * @param newId identifier of a new cluster, called with its index in `clusters`, in ascending
 * order.
 * @returns one identifier per cluster, in the order of `clusters`.
 */
export function matchClusters(
  previous: readonly NamedCluster[],
  clusters: readonly (readonly string[])[],
  newId: (index: number) => string,
): readonly string[] {
  const pairs = previous.flatMap(({ clusterId, applications }) =>
    clusters.map((members, index) => ({
      clusterId,
      index,
      overlap: jaccard(applications, members),
    })),
  );
  pairs.sort(
    (a, b) => b.overlap - a.overlap || (a.clusterId < b.clusterId ? -1 : 1) || a.index - b.index,
  );
  const continued = new Map<number, string>();
  const used = new Set<string>();
  for (const { clusterId, index, overlap } of pairs) {
    if (overlap < MINIMUM_OVERLAP || continued.has(index) || used.has(clusterId)) continue;
    continued.set(index, clusterId);
    used.add(clusterId);
  }
  return clusters.map((_, index) => continued.get(index) ?? newId(index));
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a);
  const common = b.filter((member) => left.has(member)).length;
  return common === 0 ? 0 : common / (left.size + b.length - common);
}
