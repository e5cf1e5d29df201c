import type { ClusteringSettings } from '#core/domain/settings/settings.ts';

/**
 * An application joins a cluster only within this share of the ratio at which it would leave. The
 * gap prevents moves back and forth.
 */
const JOIN_SHARE = 0.8;

/** Distance to the medoid of a cluster, ÷ the typical distance within it. */
export interface ClusterRatio {
  readonly clusterId: string;
  readonly ratio: number;
}

export interface DivergenceVerdict {
  readonly clusterId: string | null;
  /** Number of consecutive refinements, including this one, in which the footprint diverged. */
  readonly divergenceStreak: number;
  readonly reason: string;
}

/**
 * Tests whether an application's footprint still belongs to its cluster. The footprint diverges if
 * it is more than `divergenceRatio` typical distances away from the medoid of the other members.
 * After `divergenceRuns` refinements in a row the application moves to the nearest other cluster
 * that it fits. If it fits none, it gets a profile of its own.
 * @param others the other clusters, nearest first.
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
 * Cluster for an application without one: the nearest cluster if the application fits it, otherwise
 * null (a profile of its own).
 * @param clusters all candidates, nearest first.
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
