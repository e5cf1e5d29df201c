import { autoregressiveErrors } from '#models/families/arima/estimation/autoregressive-errors.ts';
import { solveCholesky } from '#models/numeric/least-squares.ts';

/** An ARMA model by regression on lagged values and lagged innovations. */
export interface RegressedArma {
  readonly p: number;
  readonly q: number;
  readonly phi: Float64Array;
  readonly theta: Float64Array;
  /** Corrected Akaike criterion up to a constant. */
  readonly aicc: number;
}

/** Lags of the autoregression that stands for the innovations. */
const LONG_ORDER = 16;

/**
 * ARMA models of all orders up to `largest` in two steps (Hannan and Rissanen, Biometrika 69,
 * 1982): a long autoregression gives the innovations, then each order is a regression on lagged
 * values and innovations. One matrix of products serves all orders.
 * @param values about their mean, gapless.
 * @returns the best first; none where there are too few values.
 */
export function hannanRissanen(values: Float64Array, largest: number): readonly RegressedArma[] {
  const long = autoregressiveErrors(values, LONG_ORDER, 0).coefficients;
  const first = long.length + largest;
  const rows = values.length - first;
  if (rows <= 2 * largest + 2) return [];
  const innovations = innovationsOf(values, long);
  const lagged = (from: Float64Array) =>
    Array.from({ length: largest }, (_, k) => from.subarray(first - 1 - k, from.length - 1 - k));
  const columns = [...lagged(values), ...lagged(innovations)];
  const target = values.subarray(first);
  const products = columns.map((column) => columns.map((other) => dot(column, other)));
  const right = columns.map((column) => dot(column, target));
  const whole = dot(target, target);
  const found: RegressedArma[] = [];
  for (let p = 0; p <= largest; p++) {
    for (let q = 0; q <= largest; q++) {
      const used = columns.flatMap((_, k) => ((k < largest ? k < p : k - largest < q) ? [k] : []));
      const matrix = Float64Array.from(used.flatMap((row) => used.map((k) => products[row][k])));
      const solved = solveCholesky(
        matrix,
        Float64Array.from(used, (k) => right[k]),
      );
      if (solved === null) continue;
      const explained = used.reduce((sum, k, at) => sum + solved[at] * right[k], 0);
      const variance = Math.max(Number.MIN_VALUE, (whole - explained) / rows);
      const parameters = p + q + 1;
      const correction = (2 * parameters * (parameters + 1)) / (rows - parameters - 1);
      const aicc = rows * Math.log(variance) + 2 * parameters + correction;
      found.push({ p, q, phi: solved.slice(0, p), theta: solved.slice(p), aicc });
    }
  }
  return found.sort((a, b) => a.aicc - b.aicc);
}

function innovationsOf(values: Float64Array, coefficients: Float64Array): Float64Array {
  return values.map((value, t) => {
    let expected = 0;
    for (let k = 0; k < Math.min(t, coefficients.length); k++) {
      expected += coefficients[k] * values[t - 1 - k];
    }
    return value - expected;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
