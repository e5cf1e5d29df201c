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
  const covariances = autocovariances(errors, order);
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

/**
 * Sample autocovariances, about zero, of the lags 0 to `most`. Sums of four lags are taken beside
 * each other, each in the order of the values.
 * @param most below the number of values.
 */
export function autocovariances(errors: Float64Array, most: number): Float64Array {
  const n = errors.length;
  const sums = new Float64Array(most + 1);
  let lag = 0;
  for (; lag + 3 <= most; lag += 4) {
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    // The longer lags begin up to three values later.
    const begun = Math.min(n, lag + 3);
    for (let t = lag; t < begun; t++) {
      sum1 += errors[t] * errors[t - lag];
      if (t > lag) sum2 += errors[t] * errors[t - lag - 1];
      if (t > lag + 1) sum3 += errors[t] * errors[t - lag - 2];
    }
    for (let t = begun; t < n; t++) {
      const error = errors[t];
      sum1 += error * errors[t - lag];
      sum2 += error * errors[t - lag - 1];
      sum3 += error * errors[t - lag - 2];
      sum4 += error * errors[t - lag - 3];
    }
    sums[lag] = sum1;
    sums[lag + 1] = sum2;
    sums[lag + 2] = sum3;
    sums[lag + 3] = sum4;
  }
  for (; lag <= most; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += errors[t] * errors[t - lag];
    sums[lag] = sum;
  }
  return sums.map((sum) => sum / n);
}

function criterion(n: number, variance: number, parameters: number): number {
  const spare = n - parameters - 1;
  if (spare <= 0) return Infinity;
  return n * Math.log(variance) + 2 * parameters + (2 * parameters * (parameters + 1)) / spare;
}
