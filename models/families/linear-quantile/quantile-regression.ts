import { selectSmallest } from '#models/numeric/select-smallest.ts';
import type { Design, Smooth, Work } from './design-sums.ts';
import { curve, descend, predict } from './design-sums.ts';
import { decompose, solveDecomposed } from './solve-positive.ts';

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
    inside: new Int32Array(rows),
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
  descend(design, smooth, { coefficients, work });
  if (fresh) {
    curve(design, smooth, work);
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
