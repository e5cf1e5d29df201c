import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import { boxBounds, COMPONENT_COUNT, SIMILAR } from './component-layout.ts';
import type { PoolComponents } from './pool-components.ts';
import { poolComponents } from './pool-components.ts';

/** Shares of the components by the distance of a step ahead. */
export interface PoolWeights {
  /** Seconds ahead, increasing. */
  readonly knotSeconds: readonly number[];
  /** One share per component for each knot, not negative. Each row sums to about 1. */
  readonly shares: readonly (readonly number[])[];
}

/**
 * A pool prepared for one shape. Weights of points are whole numbers with a sum below 2^23. Sums
 * and thresholds are therefore exact in float32, and ONNX Runtime finds the same points as
 * TypeScript.
 */
export interface PoolPlan {
  readonly shape: ForecastShape;
  readonly components: PoolComponents;
  /** Row-major [horizon × windows]: weight of one point of the window. */
  readonly windowWeights: Float64Array;
  /** Row-major [components beyond the windows × horizon]: weight of one point of the component. */
  readonly boxWeights: Float64Array;
  /** Cumulated weight that the quantile of each level must reach. */
  readonly thresholds: Float64Array;
}

/** A pool and the range of steps to forecast. */
export interface PoolPart {
  readonly plan: PoolPlan;
  readonly range: HorizonRange;
}

const TOTAL_WEIGHT = 2 ** 22;

/** Half of six equal points must be the third one, although their weights are rounded down. */
const SLACK = 512;

/** @throws RangeError if the shares do not fit the components. */
export function planPool(shape: ForecastShape, weights: PoolWeights): PoolPlan {
  const odd = weights.shares.find((row) => row.length !== COMPONENT_COUNT);
  if (odd) {
    throw new RangeError(`${odd.length} shares for the pool's ${COMPONENT_COUNT} components`);
  }
  const { context, horizon, levels, stepSeconds } = shape;
  const components = poolComponents(shape);
  const { windows } = components;
  const windowWeights = new Float64Array(horizon * windows.length);
  const boxWeights = new Float64Array((COMPONENT_COUNT - windows.length) * horizon);
  for (let row = 0; row < horizon; row++) {
    const shares = sharesAhead(weights, (row + 1) * stepSeconds);
    wholeWeights(shares, countPoints(components, row + 1, context)).forEach((weight, c) => {
      if (c < windows.length) windowWeights[row * windows.length + c] = weight;
      else boxWeights[(c - windows.length) * horizon + row] = weight;
    });
  }
  // At least 1, because otherwise the quantile of a level near zero would be below all points.
  const thresholds = Float64Array.from(levels, (level) =>
    Math.max(1, Math.ceil(level * TOTAL_WEIGHT) - SLACK),
  );
  return { shape, components, windowWeights, boxWeights, thresholds };
}

/** Shares at a time ahead, interpolated between knots over the logarithm of the time. */
export function sharesAhead({ knotSeconds, shares }: PoolWeights, seconds: number): number[] {
  const after = knotSeconds.findIndex((knot) => knot >= seconds);
  if (after === 0) return [...shares[0]];
  if (after === -1) return [...shares.at(-1)!];
  const [low, high] = [Math.log(knotSeconds[after - 1]), Math.log(knotSeconds[after])];
  const part = (Math.log(seconds) - low) / (high - low);
  return shares[after].map((share, c) => part * share + (1 - part) * shares[after - 1][c]);
}

/** Number of points of every component at one step ahead. */
function countPoints(components: PoolComponents, step: number, context: number): number[] {
  const points = new Array<number>(COMPONENT_COUNT).fill(0);
  components.windows.forEach((window, k) => (points[k] = window));
  for (const box of components.boxes) {
    const [first, last] = boxBounds(box, step, context);
    points[box.component] += last - first + 1;
  }
  const { similar } = components;
  if (similar !== null && step <= similar.last) points[SIMILAR] = similar.points;
  return points;
}

/**
 * Weight of one point of each component. The shares of components without points are divided among
 * the others. The rest from rounding goes to the last value, so that the total is the same for
 * every step.
 */
function wholeWeights(shares: readonly number[], points: readonly number[]): number[] {
  const usable = shares.reduce((sum, share, c) => sum + (points[c] > 0 ? share : 0), 0);
  const weights = shares.map((share, c) =>
    points[c] > 0 ? Math.floor((TOTAL_WEIGHT * share) / usable / points[c]) : 0,
  );
  const total = weights.reduce((sum, weight, c) => sum + weight * points[c], 0);
  weights[0] += Math.floor((TOTAL_WEIGHT - total) / points[0]);
  return weights;
}
