/** A local minimum: where, how low, and whether the search ended by itself. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly converged: boolean;
}

export interface MinimiseOptions {
  readonly maximumSteps: number;
  /** The search ends when a step lowers the value by less than this. */
  readonly tolerance: number;
}

/** Step of the central differences: the cube root of the machine's precision, for values of order one. */
const DIFFERENCE = 1e-5;
const SUFFICIENT = 1e-4;

/**
 * BFGS with central differences and backtracking (Nocedal and Wright 2006, algorithms 6.1 and 3.1). The function may return Infinity
 * where it is not defined, but not at the start.
 */
export function minimise(
  objective: (x: Float64Array) => number,
  start: Float64Array,
  { maximumSteps, tolerance }: MinimiseOptions,
): Minimum {
  const n = start.length;
  let at = Float64Array.from(start);
  let value = objective(at);
  if (n === 0 || !Number.isFinite(value)) return { at, value, converged: n === 0 };
  let gradient = gradientAt(objective, at);
  const inverse = new Float64Array(n * n);
  identity(inverse, n);
  let fresh = true;
  for (let step = 0; step < maximumSteps; step++) {
    let direction = descent(inverse, gradient);
    if (!(dot(direction, gradient) < 0)) {
      identity(inverse, n);
      direction = gradient.map((g) => -g);
    }
    const moved = backtrack(objective, { at, value, gradient, direction });
    if (moved === null) {
      if (fresh) return { at, value, converged: true };
      identity(inverse, n);
      fresh = true;
      continue;
    }
    const next = gradientAt(objective, moved.at);
    const small = value - moved.value < tolerance;
    update(inverse, difference(moved.at, at), difference(next, gradient));
    ({ at, value } = moved);
    gradient = next;
    if (small && !fresh) return { at, value, converged: true };
    fresh = false;
  }
  return { at, value, converged: false };
}

function gradientAt(objective: (x: Float64Array) => number, at: Float64Array): Float64Array {
  const x = Float64Array.from(at);
  return at.map((center, k) => {
    x[k] = center + DIFFERENCE;
    const above = objective(x);
    x[k] = center - DIFFERENCE;
    const below = objective(x);
    x[k] = center;
    const slope = (above - below) / (2 * DIFFERENCE);
    return Number.isFinite(slope) ? slope : 0;
  });
}

interface Line {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
}

/** The longest of the halved steps that lowers the value enough, null if none does. */
function backtrack(objective: (x: Float64Array) => number, line: Line) {
  const slope = dot(line.gradient, line.direction);
  const largest = line.direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  // Unconstrained parameters beyond a few units are all the same model: no step is longer than one.
  let length = Math.min(1, 1 / largest);
  for (let tries = 0; tries < 30; tries++) {
    const at = line.at.map((x, k) => x + length * line.direction[k]!);
    const value = objective(at);
    if (value <= line.value + SUFFICIENT * length * slope && value < line.value)
      return { at, value };
    length /= 3;
  }
  return null;
}

/** The BFGS update of the inverse Hessian, left out where the curvature is not positive. */
function update(inverse: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const sy = dot(s, y);
  if (!(sy > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y)))) return;
  const hy = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hy[i]! += inverse[i * n + j]! * y[j]!;
  const scale = (1 + dot(y, hy) / sy) / sy;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      inverse[i * n + j]! += scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy;
    }
  }
}

function descent(inverse: Float64Array, gradient: Float64Array): Float64Array {
  const n = gradient.length;
  return gradient.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum -= inverse[i * n + j]! * gradient[j]!;
    return sum;
  });
}

function identity(matrix: Float64Array, n: number): void {
  matrix.fill(0);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

const difference = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, k) => value - b[k]!);
