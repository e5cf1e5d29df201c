import { difference, differencePolynomial } from '#models/families/arima/estimation/difference.ts';
import type { ArimaCoefficients } from '#models/families/arima/estimation/fit-arima.ts';

/**
 * Minimum mean square error forecasts (Box and Jenkins 1970, section 5.2): the differenced series
 * by its ARMA recursion with the innovations of the history, then summed up again.
 * @param history gapless, oldest first; innovations before it count as zero.
 * @returns `horizon` values in the unit of the history.
 */
export function forecastArima(
  { order, polynomials: { phi, theta }, mean }: ArimaCoefficients,
  history: Float64Array,
  horizon: number,
): Float64Array {
  const past = difference(history, order);
  const n = past.length;
  const w = new Float64Array(n + horizon);
  for (let t = 0; t < n; t++) w[t] = past[t] - mean;
  const innovations = new Float64Array(n + horizon);
  for (let t = 0; t < n + horizon; t++) {
    let expected = 0;
    for (let j = 0; j < Math.min(phi.length, t); j++) expected += phi[j] * w[t - 1 - j];
    for (let j = 0; j < Math.min(theta.length, t); j++) {
      expected += theta[j] * innovations[t - 1 - j];
    }
    if (t < n) innovations[t] = w[t] - expected;
    else w[t] = expected;
  }
  const changes = w.subarray(n);
  for (let h = 0; h < horizon; h++) changes[h] += mean;
  return integrate(history, changes, differencePolynomial(order));
}

/** Sums up changes; of the history only what the polynomial reaches back to is needed. */
function integrate(
  history: Float64Array,
  changes: Float64Array,
  delta: Float64Array,
): Float64Array {
  if (delta.length === 0) return changes;
  const n = delta.length;
  const y = new Float64Array(n + changes.length).fill(NaN);
  y.set(history.subarray(-n), Math.max(0, n - history.length));
  for (let h = 0; h < changes.length; h++) {
    let value = changes[h];
    for (let j = 0; j < n; j++) value += delta[j] * y[n + h - 1 - j];
    y[n + h] = value;
  }
  return y.subarray(n);
}
