import { RESOURCES } from '#core/domain/footprint.ts';
import type { FootprintShape, ResourceShape } from './footprint-shape.ts';

/**
 * Weight of each part. The day matters most for when capacity is needed, the weekend next.
 * Burstiness and daily regularity separate machines without a daily pattern.
 */
const WEIGHTS = { day: 4, weekend: 2, burstiness: 1, dailyCorrelation: 1 } as const;

/**
 * Distance of two shapes in [0, 1]; NaN if they have no measured part in common. Days and weeks are
 * compared as distributions of usage over time (squared Hellinger distance). The other parts are
 * compared by the squared difference, scaled to [0, 1]. Parts that are unknown in one shape are
 * left out of the weighted mean (Gower, Biometrics 27, 1971).
 */
export function shapeDistance(a: FootprintShape, b: FootprintShape): number {
  const total = { sum: 0, weight: 0 };
  for (const resource of RESOURCES) {
    const left = a[resource];
    const right = b[resource];
    if (left !== undefined && right !== undefined) addResource(total, left, right);
  }
  return total.weight === 0 ? NaN : Math.sqrt(total.sum / total.weight);
}

function addResource(
  total: { sum: number; weight: number },
  a: ResourceShape,
  b: ResourceShape,
): void {
  const add = (squared: number, weight: number): void => {
    if (Number.isNaN(squared)) return;
    total.sum += weight * squared;
    total.weight += weight;
  };
  add(squaredHellinger(a.rootDay, b.rootDay), WEIGHTS.day);
  add(squaredHellingerOfShares(a.weekendShare, b.weekendShare), WEIGHTS.weekend);
  add(((a.burstiness - b.burstiness) / 2) ** 2, WEIGHTS.burstiness);
  add(((a.dailyCorrelation - b.dailyCorrelation) / 2) ** 2, WEIGHTS.dailyCorrelation);
}

/**
 * 1 − Bhattacharyya coefficient over the hours measured in both shapes. Each shape is scaled to sum
 * 1 over these hours.
 */
function squaredHellinger(a: Float64Array, b: Float64Array): number {
  let [both, left, right] = [0, 0, 0];
  for (let hour = 0; hour < a.length; hour++) {
    const x = a[hour];
    const y = b[hour];
    if (Number.isNaN(x + y)) continue;
    both += x * y;
    left += x * x;
    right += y * y;
  }
  return left === 0 || right === 0 ? NaN : Math.max(0, 1 - both / Math.sqrt(left * right));
}

function squaredHellingerOfShares(a: number, b: number): number {
  return Math.max(0, 1 - Math.sqrt(a * b) - Math.sqrt((1 - a) * (1 - b)));
}
