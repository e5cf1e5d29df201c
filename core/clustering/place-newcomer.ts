import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';

/** A cluster that a newcomer can join. */
export interface ClusterCandidate {
  readonly clusterId: string;
  readonly medoidShape: FootprintShape;
  /** Types of the established members; null for an unknown type. */
  readonly types: readonly (string | null)[];
}

export interface Placement {
  readonly clusterId: string | null;
  readonly reason: string;
}

/**
 * Cluster of an application with too little history to be clustered. It is the nearest cluster by
 * the measured part of the shape; failing that, the cluster with most members of the application's
 * type; failing that, none.
 */
export function placeNewcomer(
  newcomer: { readonly shape: FootprintShape; readonly applicationType: string | null },
  clusters: readonly ClusterCandidate[],
): Placement {
  if (clusters.length === 0) return { clusterId: null, reason: 'too little history, no clusters' };
  return byShape(newcomer.shape, clusters) ?? byType(newcomer.applicationType, clusters);
}

function byShape(shape: FootprintShape, clusters: readonly ClusterCandidate[]): Placement | null {
  let best: { readonly clusterId: string; readonly distance: number } | null = null;
  for (const { clusterId, medoidShape } of clusters) {
    const distance = shapeDistance(shape, medoidShape);
    if (distance < (best?.distance ?? Infinity)) best = { clusterId, distance };
  }
  if (best === null) return null;
  const reason = `too little history: nearest by the shape known so far (distance ${best.distance.toFixed(3)})`;
  return { clusterId: best.clusterId, reason };
}

function byType(type: string | null, clusters: readonly ClusterCandidate[]): Placement {
  const unknown = {
    clusterId: null,
    reason: 'too little history and nobody of its type is clustered',
  };
  if (type === null) return { clusterId: null, reason: 'too little history and no type' };
  const counted = clusters
    .map(({ clusterId, types }) => ({
      clusterId,
      same: types.filter((other) => other === type).length,
      share: types.filter((other) => other === type).length / types.length,
    }))
    .filter(({ same }) => same > 0)
    .sort((a, b) => b.same - a.same || b.share - a.share || (a.clusterId < b.clusterId ? -1 : 1));
  const best = counted[0];
  if (best === undefined) return unknown;
  const reason = `too little history: most applications of type ${type} are there (${best.same})`;
  return { clusterId: best.clusterId, reason };
}
