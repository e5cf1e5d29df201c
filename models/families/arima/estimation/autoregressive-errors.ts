/** An autoregression of errors whose mean is zero. */
export interface ErrorProcess {
  /** Of the lags 1, 2, …; empty for white noise. */
  readonly coefficients: Float64Array;
  /** Corrected Akaike criterion up to a constant, with `extra` parameters besides these. */
  readonly aicc: number;
}

/**
 * Order by the corrected Akaike criterion and coefficients by the Levinson-Durbin recursion on the
 * sample autocovariances (Brockwell and Davis, Introduction to Time Series and Forecasting, 3rd
 * ed., section 5.1.1): always stationary.
 * @param most largest order.
 * @param extra parameters fitted before, for example of a regression.
 */
export function autoregressiveErrors(
  errors: Float64Array,
  most: number,
  extra: number,
): ErrorProcess {
  const n = errors.length;
  const order = Math.max(0, Math.min(most, n - extra - 4));
  const covariances = Float64Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += errors[t] * errors[t - lag];
    return sum / n;
  });
  const floor = Number.MIN_VALUE;
  let variance = covariances[0];
  let coefficients = new Float64Array(0);
  let best: ErrorProcess = {
    coefficients,
    aicc: criterion(n, Math.max(floor, variance), extra + 1),
  };
  for (let p = 1; p <= order && variance > 0; p++) {
    let sum = covariances[p];
    for (let k = 0; k < p - 1; k++) sum -= coefficients[k] * covariances[p - 1 - k];
    const reflection = sum / variance;
    const next = new Float64Array(p);
    next[p - 1] = reflection;
    for (let k = 0; k < p - 1; k++) {
      next[k] = coefficients[k] - reflection * coefficients[p - 2 - k];
    }
    coefficients = next;
    variance *= 1 - reflection * reflection;
    const aicc = criterion(n, Math.max(floor, variance), extra + 1 + p);
    if (aicc < best.aicc) best = { coefficients, aicc };
  }
  return best;
}

function criterion(n: number, variance: number, parameters: number): number {
  const spare = n - parameters - 1;
  if (spare <= 0) return Infinity;
  return n * Math.log(variance) + 2 * parameters + (2 * parameters * (parameters + 1)) / spare;
}
