/** Below this share of common members a cluster is not the continuation of another. */
const MINIMUM_OVERLAP = 0.3;

export interface NamedCluster {
  readonly clusterId: string;
  readonly applications: readonly string[];
}

/**
 * Identifiers for new clusters: a cluster continues the previous one with which it has the largest Jaccard similarity
 * (members in common ÷ members of either), largest first, each previous one continued once, as in Greene, Doyle &
 * Cunningham, Tracking the evolution of communities in dynamic social networks, ASONAM 2010. The others get new names.
 * @param clusters members of each new cluster.
 * @param newName gives a name that was never used before.
 * @returns one identifier per new cluster, in their order.
 */
export function matchClusters(
  previous: readonly NamedCluster[],
  clusters: readonly (readonly string[])[],
  newName: () => string,
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
  const names = new Map<number, string>();
  const used = new Set<string>();
  for (const { clusterId, index, overlap } of pairs) {
    if (overlap < MINIMUM_OVERLAP || names.has(index) || used.has(clusterId)) continue;
    names.set(index, clusterId);
    used.add(clusterId);
  }
  return clusters.map((_, index) => names.get(index) ?? newName());
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a);
  const common = b.filter((member) => left.has(member)).length;
  return common === 0 ? 0 : common / (left.size + b.length - common);
}

/**
 * Names for new clusters: `cluster-<instant of birth>-<count>`. The instant makes them unique over all runs, so that a
 * name never comes back after its cluster is gone, without anything to remember.
 */
export function clusterNames(nowSeconds: number, taken: readonly string[]): () => string {
  const used = new Set(taken);
  const minute = new Date(nowSeconds * 1000).toISOString().slice(0, 16).replace(/[-:]/g, '');
  let count = 0;
  return () => {
    let name: string;
    do name = `cluster-${minute}-${++count}`;
    while (used.has(name));
    return name;
  };
}
