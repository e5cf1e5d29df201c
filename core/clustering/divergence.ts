import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import { isWorthMoving } from './forecast-error.ts';

/**
 * An application joins a cluster only within this share of the ratio at which it would leave. The
 * gap prevents moves back and forth.
 */
const JOIN_SHARE = 0.8;

/** How an application stands to a cluster. */
export interface ClusterRatio {
  readonly clusterId: string;
  /** Distance to the medoid of the cluster, ÷ the typical distance within it. */
  readonly ratio: number;
  /** Error of forecasting its days by the other members' (see `errorByGroup`). */
  readonly error: number;
}

export interface DivergenceVerdict {
  readonly clusterId: string | null;
  /** Number of consecutive refinements, including this one, in which the footprint diverged. */
  readonly divergenceStreak: number;
  readonly reason: string;
}

interface JudgedBy {
  readonly settings: ClusteringSettings;
  /** Error of forecasting its days by its own other days. */
  readonly alone: number;
}

/**
 * Tests whether an application's footprint still belongs to its cluster. The footprint diverges if
 * it is more than `divergenceRatio` typical distances away from the medoid of the other members.
 * After `divergenceRuns` refinements in a row the application moves to the nearest other cluster
 * that it fits. If it fits none, it gets a profile of its own. It stays where it is unless its days
 * are forecast better where it would go.
 * @param others the other clusters, nearest first.
 */
export function judgeDivergence(
  own: ClusterRatio,
  others: readonly ClusterRatio[],
  context: JudgedBy & { readonly divergenceStreak: number },
): DivergenceVerdict {
  const { settings, alone } = context;
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
  const there = others.find(({ clusterId }) => clusterId === joined.clusterId)?.error ?? alone;
  const errors = `error of its days ${there.toFixed(2)} there, ${own.error.toFixed(2)} here`;
  if (!Number.isNaN(own.error) && !isWorthMoving(there, own.error)) {
    const reason = `${diverges}; stays, as a move brings too little: ${errors}`;
    return { clusterId: own.clusterId, divergenceStreak, reason };
  }
  return { ...joined, reason: `${diverges}; ${joined.reason}; ${errors}` };
}

/**
 * Cluster for an application that has a profile of its own, or is new: the nearest cluster if it
 * fits it and its own days do not forecast it better.
 */
export function returnToCluster(
  clusters: readonly ClusterRatio[],
  { settings, alone }: JudgedBy,
): DivergenceVerdict {
  const joined = joinNearest(clusters, settings);
  const there = clusters.find(({ clusterId }) => clusterId === joined.clusterId);
  if (there === undefined || !isWorthMoving(alone, there.error)) return joined;
  const errors = `${alone.toFixed(2)} by itself, ${there.error.toFixed(2)} by ${there.clusterId}`;
  const reason = `a profile of its own forecasts its days better: error ${errors}`;
  return { clusterId: null, divergenceStreak: 0, reason };
}

/**
 * Cluster for an application without one: the nearest cluster if the application fits it, otherwise
 * null (a profile of its own).
 * @param clusters all candidates, nearest first.
 */
function joinNearest(
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
