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
  past.forEach((value, t) => (w[t] = value - mean));
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
  return integrate(
    history,
    w.subarray(n).map((value) => value + mean),
    differencePolynomial(order),
  );
}

function integrate(
  history: Float64Array,
  changes: Float64Array,
  delta: Float64Array,
): Float64Array {
  const n = history.length;
  const y = new Float64Array(n + changes.length);
  y.set(history);
  changes.forEach((change, h) => {
    let value = change;
    delta.forEach((coefficient, j) => (value += coefficient * y[n + h - 1 - j]));
    y[n + h] = value;
  });
  return y.subarray(n);
}
