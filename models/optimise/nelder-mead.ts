/** What is minimised, and how long to search. */
export interface SearchProblem {
  /** Called with a buffer that is reused: read it, do not keep it. Infinity where a point is not allowed. */
  readonly objective: (point: Float64Array) => number;
  readonly start: Float64Array;
  /** Box the search stays in, inclusive. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The search ends when the values at the corners differ by less than this (standard deviation). */
  readonly tolerance: number;
  readonly iterations: number;
}

export interface SearchResult {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

/** First steps: 5 % of a coordinate, or this where it is zero. */
const FIRST_STEP = 0.05;
const STEP_AT_ZERO = 1e-4;

/** The corners, one row each, and scratch points; nothing is allocated during the search. */
interface Simplex {
  readonly corners: readonly Float64Array[];
  readonly values: Float64Array;
  readonly centre: Float64Array;
  readonly reflected: Float64Array;
  readonly trial: Float64Array;
}

/** Smallest, second largest and largest corner. */
interface Order {
  best: number;
  second: number;
  worst: number;
}

/**
 * Minimum of a function in a box by the simplex search of Nelder and Mead (1965) with coefficients that adapt to the number
 * of dimensions (Gao and Han, Computational Optimization and Applications 51, 2012); points are moved onto the
 * box. Steps, coefficients and stopping rule are those of statsforecast, and so is the one detail in which it differs
 * from the book: shrinking leaves the corner numbered 0 where it is, whether it is the best or not.
 */
export function nelderMead(problem: SearchProblem): SearchResult {
  const { objective, tolerance } = problem;
  const n = problem.start.length;
  const simplex = firstSimplex(problem);
  const { corners, values } = simplex;
  const order: Order = { best: 0, second: 0, worst: 0 };
  let iterations = 0;
  while (iterations < problem.iterations && !(deviation(values) < tolerance)) {
    iterations++;
    rank(values, order);
    if (step(problem, simplex, order)) continue;
    const shrink = 1 - 1 / n;
    const anchor = corners[order.best]!;
    for (let j = 1; j <= n; j++) {
      moveTowards(problem, corners[j]!, { from: anchor, to: corners[j]!, share: shrink });
      values[j] = objective(corners[j]!);
    }
  }
  rank(values, order);
  return { point: corners[order.best]!.slice(), value: values[order.best]!, iterations };
}

function firstSimplex(problem: SearchProblem): Simplex {
  const { start, lower, upper, objective } = problem;
  const n = start.length;
  const origin = start.map((value, k) => clamp(value, lower[k]!, upper[k]!));
  const corners = Array.from({ length: n + 1 }, (_, row) => {
    const corner = origin.slice();
    if (row === n) return corner;
    const moved = corner[row] === 0 ? STEP_AT_ZERO : corner[row]! * (1 + FIRST_STEP);
    corner[row] = clamp(moved, lower[row]!, upper[row]!);
    return corner;
  });
  const values = Float64Array.from(corners, objective);
  const [centre, reflected, trial] = [
    new Float64Array(n),
    new Float64Array(n),
    new Float64Array(n),
  ];
  return { corners, values, centre, reflected, trial };
}

/** Reflection, expansion or contraction of the worst corner; false if the simplex has to shrink. */
function step(problem: SearchProblem, simplex: Simplex, { best, second, worst }: Order): boolean {
  const { corners, values, centre, reflected, trial } = simplex;
  const n = centre.length;
  const accept = (point: Float64Array, value: number): true => {
    corners[worst]!.set(point);
    values[worst] = value;
    return true;
  };
  centroid(corners, worst, centre);
  moveTowards(problem, reflected, { from: centre, to: corners[worst]!, share: -1 });
  const atReflected = problem.objective(reflected);
  if (values[best]! <= atReflected && atReflected < values[second]!) {
    return accept(reflected, atReflected);
  }
  if (atReflected < values[best]!) {
    moveTowards(problem, trial, { from: centre, to: reflected, share: 1 + 2 / n });
    const atExpanded = problem.objective(trial);
    return atExpanded < atReflected ? accept(trial, atExpanded) : accept(reflected, atReflected);
  }
  const contraction = 0.75 - 1 / (2 * n);
  const outside = values[second]! <= atReflected && atReflected < values[worst]!;
  const share = outside ? contraction : -contraction;
  moveTowards(problem, trial, { from: centre, to: reflected, share });
  const atContracted = problem.objective(trial);
  const better = outside ? atContracted <= atReflected : atContracted < values[worst]!;
  return better && accept(trial, atContracted);
}

function centroid(corners: readonly Float64Array[], worst: number, centre: Float64Array): void {
  centre.fill(0);
  for (const corner of corners) {
    for (let k = 0; k < centre.length; k++) centre[k]! += corner[k]!;
  }
  const left = corners[worst]!;
  for (let k = 0; k < centre.length; k++) centre[k] = (centre[k]! - left[k]!) / centre.length;
}

interface Move {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly share: number;
}

/** out = from + share · (to − from), moved onto the box. */
function moveTowards(problem: SearchProblem, out: Float64Array, move: Move): void {
  const { lower, upper } = problem;
  const { from, to, share } = move;
  for (let k = 0; k < out.length; k++) {
    out[k] = clamp(from[k]! + share * (to[k]! - from[k]!), lower[k]!, upper[k]!);
  }
}

function rank(values: Float64Array, order: Order): void {
  let [best, worst] = [0, 0];
  for (let k = 1; k < values.length; k++) {
    if (values[k]! < values[best]!) best = k;
    if (values[k]! > values[worst]!) worst = k;
  }
  let second = worst === 0 ? 1 : 0;
  for (let k = 0; k < values.length; k++) {
    if (k !== worst && values[k]! > values[second]!) second = k;
  }
  order.best = best;
  order.second = second;
  order.worst = worst;
}

function deviation(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += (values[k]! - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

const clamp = (value: number, lower: number, upper: number): number =>
  value < lower ? lower : value > upper ? upper : value;
