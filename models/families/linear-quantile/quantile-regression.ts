import { selectSmallest } from '#models/numeric/select-smallest.ts';
import { decompose, solveDecomposed } from './solve-positive.ts';

/** Rows of features, the first of which is 1, and the targets. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  /** Row-major [rows × columns]. */
  readonly features: Float64Array;
  /** Of magnitude 1: divide them by their spread. */
  readonly targets: Float64Array;
}

export interface RegressionOptions {
  readonly level: number;
  /**
   * Half widths of the rounded corner of the loss, in order, in units of the mean absolute
   * residual.
   */
  readonly roundings: readonly number[];
  /** Largest number of Newton steps for each of them. */
  readonly steps: number;
  /** Penalty per row on the square of every coefficient but the first. */
  readonly ridge: number;
}

/**
 * Linear quantile regression by finite smoothing (Chen, Journal of Computational and Graphical
 * Statistics 16, 2007). The corner of the pinball loss is replaced by a parabola that becomes
 * narrower in each round. Newton steps, shortened until the loss decreases, minimise the sum of the
 * smooth losses. Only rows within the parabola enter the second derivative. It is computed once in
 * a round; later steps of the round reuse it.
 * @param coefficients starting point; overwritten with the result.
 */
export function quantileRegression(
  design: Design,
  options: RegressionOptions,
  coefficients: Float64Array,
): void {
  const { rows, columns } = design;
  const residuals = new Float64Array(rows);
  const work: Work = {
    residuals,
    moves: new Float64Array(rows),
    matrix: new Float64Array(columns * columns),
    direction: new Float64Array(columns),
  };
  predict(design, coefficients, residuals);
  for (let row = 0; row < rows; row++) residuals[row] = design.targets[row] - residuals[row];
  for (const rounding of options.roundings) {
    centre(residuals, options.level, coefficients);
    const spread = residuals.reduce((sum, residual) => sum + Math.abs(residual), 0) / rows;
    if (spread < LEAST_SPREAD) return;
    const smooth = { level: options.level, width: rounding * spread, ridge: options.ridge * rows };
    for (let step = 0; step < options.steps; step++) {
      if (!newtonStep(design, { smooth, coefficients, work, fresh: step === 0 })) break;
    }
  }
}

/**
 * Moves the constant so that the share `level` of the residuals is negative. After a wider parabola
 * the constant may be so far off, for a level far from one half, that no row is within the narrower
 * one.
 */
function centre(residuals: Float64Array, level: number, coefficients: Float64Array): void {
  const rank = Math.min(residuals.length - 1, Math.floor(level * residuals.length));
  const shift = selectSmallest(Float64Array.from(residuals), rank);
  coefficients[0] += shift;
  for (let row = 0; row < residuals.length; row++) residuals[row] -= shift;
}

/** Spread of an exact fit; targets have the magnitude 1. */
const LEAST_SPREAD = 1e-10;

interface Smooth {
  readonly level: number;
  /** Half width of the parabola. */
  readonly width: number;
  readonly ridge: number;
}

interface Work {
  readonly residuals: Float64Array;
  /** Change of every fitted value in a full step. */
  readonly moves: Float64Array;
  readonly matrix: Float64Array;
  readonly direction: Float64Array;
}

interface Newton {
  readonly smooth: Smooth;
  readonly coefficients: Float64Array;
  readonly work: Work;
  /** True if the second derivative must be computed again. */
  readonly fresh: boolean;
}

/** Number of halvings of a step that does not decrease the loss. */
const HALVINGS = 4;

/** A decrease below this share of the loss ends the round. */
const WORTHWHILE = 1e-4;

/** @returns true if another step may be worthwhile. */
function newtonStep(design: Design, newton: Newton): boolean {
  const { smooth, coefficients, work, fresh } = newton;
  const { residuals, moves, direction } = work;
  descend(design, newton);
  if (fresh) {
    curve(design, newton);
    decompose(work.matrix, direction.length);
  }
  solveDecomposed(work.matrix, direction);
  predict(design, direction, moves);
  const before = smoothLoss(residuals, smooth) + penalty(coefficients, direction, smooth, 0);
  for (let halving = 0, size = 1; halving <= HALVINGS; halving++, size /= 2) {
    for (let row = 0; row < moves.length; row++) residuals[row] -= size * moves[row];
    const after = smoothLoss(residuals, smooth) + penalty(coefficients, direction, smooth, size);
    if (after < before) {
      for (let c = 0; c < coefficients.length; c++) coefficients[c] += size * direction[c];
      return before - after > WORTHWHILE * before;
    }
    for (let row = 0; row < moves.length; row++) residuals[row] += size * moves[row];
  }
  return false;
}

/** Sets `work.direction` to minus the gradient. */
function descend(design: Design, { smooth, coefficients, work }: Newton): void {
  const { rows, columns, features } = design;
  const { residuals, direction } = work;
  const { level, width, ridge } = smooth;
  const curvature = 1 / (2 * width);
  direction.fill(0);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const residual = residuals[row];
    const inside = residual > -width && residual < width;
    const slope = level - 0.5 + (inside ? residual * curvature : residual > 0 ? 0.5 : -0.5);
    for (let i = 0; i < columns; i++) direction[i] += slope * features[at + i];
  }
  for (let c = 1; c < columns; c++) direction[c] -= ridge * coefficients[c];
}

/** Sets `work.matrix` to the second derivative (lower triangle). */
function curve(design: Design, { smooth, work }: Newton): void {
  const { rows, columns, features } = design;
  const { residuals, matrix } = work;
  const { width, ridge } = smooth;
  const curvature = 1 / (2 * width);
  matrix.fill(0);
  for (let row = 0; row < rows; row++) {
    const residual = residuals[row];
    if (residual <= -width || residual >= width) continue;
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const weighted = curvature * features[at + i];
      const to = i * columns;
      for (let j = 0; j <= i; j++) matrix[to + j] += weighted * features[at + j];
    }
  }
  // With few rows within the parabola, the second derivative alone would allow very large steps.
  const least = STEADYING * rows;
  for (let c = 0; c < columns; c++) matrix[c * columns + c] += least + (c === 0 ? 0 : ridge);
}

const STEADYING = 1e-4;

function smoothLoss(residuals: Float64Array, { level, width }: Smooth): number {
  const [tilt, curvature, floor] = [level - 0.5, 1 / (4 * width), width / 4];
  let sum = 0;
  for (let row = 0; row < residuals.length; row++) {
    const residual = residuals[row];
    const size = residual < 0 ? -residual : residual;
    sum += tilt * residual + (size < width ? residual * residual * curvature + floor : size / 2);
  }
  return sum;
}

function penalty(
  coefficients: Float64Array,
  direction: Float64Array,
  { ridge }: Smooth,
  size: number,
): number {
  let sum = 0;
  for (let c = 1; c < coefficients.length; c++) {
    sum += (coefficients[c] + size * direction[c]) ** 2;
  }
  return (ridge * sum) / 2;
}

function predict(
  { rows, columns, features }: Design,
  weights: Float64Array,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += features[at + c] * weights[c];
    out[row] = sum;
  }
}
