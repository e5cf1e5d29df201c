import { describeShape } from '#core/clustering/shape/describe-shape.ts';
import type { FootprintShape } from '#core/clustering/shape/footprint-shape.ts';

/**
 * Name of a cluster for people, made of its medoid and the medoid's shape: "like shop-eu (daily,
 * evening peak)".
 */
export function clusterName(medoid: string, shape: FootprintShape): string {
  return `like ${medoid} (${describeShape(shape)})`;
}
