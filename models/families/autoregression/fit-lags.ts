import { leastSquares } from '#models/numeric/least-squares.ts';
import type { LagPolynomial } from './lag-polynomial.ts';

/**
 * Keeps the equations solvable where lags tell the same; small, as shrinking towards the mean costs
 * accuracy.
 */
const RIDGE = 0.01;
const RIDGE_OF_CONSTANT = 1e-6;

/**
 * One-step regression of a series on its own lags by least squares (conditional likelihood of a
 * subset autoregression; Box, Jenkins, Reinsel, Ljung: Time Series Analysis, 5th ed., section
 * 7.1.2).
 * @param values without gaps, more than the longest lag and the number of lags together.
 * @param lags increasing.
 */
export function fitLags(values: Float64Array, lags: readonly number[]): LagPolynomial {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const unit = Math.sqrt(variance) || 1;
  const scaled = values.map((value) => (value - mean) / unit);
  const longest = lags.at(-1) ?? 0;
  const rows = n - longest;
  const columns = [
    new Float64Array(rows).fill(1),
    ...lags.map((lag) => scaled.subarray(longest - lag, n - lag)),
  ];
  const penalties = new Float64Array(columns.length).fill(RIDGE);
  penalties[0] = RIDGE_OF_CONSTANT;
  const found = leastSquares(columns, scaled.subarray(longest), penalties);
  const coefficients = found?.slice(1) ?? new Float64Array(lags.length);
  const total = coefficients.reduce((sum, value) => sum + value, 0);
  return { constant: mean * (1 - total) + unit * (found?.[0] ?? 0), lags, coefficients };
}
