import type { ClusteringSettings } from '#core/domain/settings/settings.ts';

/** A cluster is joined only well inside the ratio at which it would be left: no going to and fro. */
const JOIN_SHARE = 0.8;

/** Distance to the medoid of a cluster ÷ typical distance within it. */
export interface ClusterRatio {
  readonly clusterId: string;
  readonly ratio: number;
}

export interface DivergenceVerdict {
  readonly clusterId: string | null;
  /** Consecutive refinements in which the footprint diverged, this one included. */
  readonly divergenceStreak: number;
  readonly reason: string;
}

/**
 * Does an application's footprint still belong to its cluster? It diverges when it lies more than `divergenceRatio`
 * typical distances from the medoid of the others; after `divergenceRuns` refinements in a row it moves to the nearest
 * other cluster that it fits, or gets a profile of its own.
 * @param others the other clusters, the nearest first.
 */
export function judgeDivergence(
  own: ClusterRatio,
  others: readonly ClusterRatio[],
  context: { readonly divergenceStreak: number; readonly settings: ClusteringSettings },
): DivergenceVerdict {
  const { settings } = context;
  const at = `${own.ratio.toFixed(2)} typical distances from ${own.clusterId}`;
  if (own.ratio <= settings.divergenceRatio) {
    return { clusterId: own.clusterId, divergenceStreak: 0, reason: `fits: ${at}` };
  }
  const divergenceStreak = context.divergenceStreak + 1;
  const diverges = `diverges: ${at}, limit ${settings.divergenceRatio}`;
  if (divergenceStreak < settings.divergenceRuns) {
    const reason = `${diverges}, run ${divergenceStreak} of ${settings.divergenceRuns}`;
    return { clusterId: own.clusterId, divergenceStreak, reason };
  }
  const joined = joinNearest(others, settings);
  return { ...joined, reason: `${diverges}; ${joined.reason}` };
}

/**
 * Where an application without a cluster belongs: the nearest one, if it fits, else a profile of its own (null).
 * @param clusters the nearest first.
 */
export function joinNearest(
  clusters: readonly ClusterRatio[],
  settings: ClusteringSettings,
): DivergenceVerdict {
  const limit = JOIN_SHARE * settings.divergenceRatio;
  const fitting = clusters.find((cluster) => cluster.ratio <= limit);
  const nearest = clusters[0];
  if (fitting !== undefined) {
    const reason = `joins ${fitting.clusterId} at ${fitting.ratio.toFixed(2)} typical distances`;
    return { clusterId: fitting.clusterId, divergenceStreak: 0, reason };
  }
  const reason =
    nearest === undefined
      ? 'there is no other cluster: a profile of its own'
      : `fits no cluster, the nearest is ${nearest.clusterId} at ${nearest.ratio.toFixed(2)} typical distances: a profile of its own`;
  return { clusterId: null, divergenceStreak: 0, reason };
}
