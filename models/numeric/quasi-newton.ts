/** A smooth function to minimise, with its gradient. */
export interface SmoothProblem {
  /** Infinity or NaN at a point that is not allowed. */
  readonly objective: (point: Float64Array) => number;
  /**
   * Writes the gradient at the point of the last call of `objective`. It is called only for
   * accepted steps.
   */
  readonly gradient: (point: Float64Array, out: Float64Array) => void;
  readonly start: Float64Array;
  /** The search ends when steps lower the value by less than this. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Number of consecutive steps below the tolerance that end the search; 3 by default. */
  readonly patience?: number;
  /** Largest change of a coordinate in one step; unlimited by default. */
  readonly longestMove?: number;
}

/**
 * Share of the predicted decrease that a step must reach (Armijo), and the largest number of step
 * lengths tried.
 */
const ENOUGH = 1e-4;
const MOST_HALVINGS = 30;

/** Largest change of a coordinate in the first step, for which the curvature is unknown. */
const FIRST_MOVE = 0.1;

/**
 * Minimum by the method of Broyden, Fletcher, Goldfarb and Shanno with a backtracking line search
 * (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 3.1 and 6.1). Variables should
 * be scaled so that a change of 1 is large.
 */
export function quasiNewton(problem: SmoothProblem): { point: Float64Array; value: number } {
  const { tolerance, patience = 3 } = problem;
  let point = problem.start.slice();
  let gradient = new Float64Array(point.length);
  let value = problem.objective(point);
  problem.gradient(point, gradient);
  let inverse: Float64Array | null = null;
  let idle = 0;
  for (let iteration = 0; iteration < problem.iterations && idle < patience; iteration++) {
    const direction = descent(inverse, gradient);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) {
      if (inverse === null) break;
      inverse = null;
      continue;
    }
    const next = lineSearch(problem, { point, value, direction, slope });
    if (next === null) {
      if (inverse === null) break;
      inverse = null;
      continue;
    }
    inverse = update(inverse, { point, gradient }, next);
    idle = value - next.value < tolerance ? idle + 1 : 0;
    ({ point, gradient, value } = next);
  }
  return { point, value };
}

interface Place {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
}

interface Line {
  readonly point: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly slope: number;
}

function lineSearch(problem: SmoothProblem, line: Line) {
  const { direction, slope, value: before } = line;
  const gradient = new Float64Array(direction.length);
  const most = largest(direction);
  let length = Math.min(1, (problem.longestMove ?? Infinity) / most);
  for (let k = 0; k < MOST_HALVINGS; k++) {
    const point = line.point.map((x, j) => x + length * direction[j]);
    const value = problem.objective(point);
    if (value <= before + ENOUGH * length * slope) {
      problem.gradient(point, gradient);
      if (gradient.every(Number.isFinite)) return { point, gradient, value };
    }
    length *= 0.5;
  }
  return null;
}

const largest = (parts: Float64Array): number =>
  parts.reduce((top, part) => Math.max(top, Math.abs(part)), 0);

function descent(inverse: Float64Array | null, gradient: Float64Array): Float64Array {
  const n = gradient.length;
  if (inverse === null) {
    const most = largest(gradient) || 1;
    return gradient.map((part) => (-part * FIRST_MOVE) / most);
  }
  return Float64Array.from({ length: n }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum -= inverse[row * n + k] * gradient[k];
    return sum;
  });
}

/**
 * The inverse Hessian after the last step; unchanged if the curvature along the step was not
 * positive.
 */
function update(inverse: Float64Array | null, from: Place, to: Place): Float64Array | null {
  const n = from.point.length;
  const step = to.point.map((x, k) => x - from.point[k]);
  const change = to.gradient.map((x, k) => x - from.gradient[k]);
  const curvature = dot(step, change);
  if (!(curvature > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return inverse;
  const matrix = inverse ?? scaledIdentity(n, curvature / dot(change, change));
  const turned = Float64Array.from({ length: n }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += matrix[row * n + k] * change[k];
    return sum;
  });
  const factor = (1 + dot(change, turned) / curvature) / curvature;
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < n; k++) {
      const cross = (turned[row] * step[k] + step[row] * turned[k]) / curvature;
      matrix[row * n + k] += factor * step[row] * step[k] - cross;
    }
  }
  return matrix;
}

function scaledIdentity(n: number, scale: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let k = 0; k < n; k++) matrix[k * (n + 1)] = scale;
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
