/** x_t = constant + Σ coefficient_k · x_{t − lag_k}; lags are increasing, at least 1. */
export interface LagPolynomial {
  readonly constant: number;
  readonly lags: readonly number[];
  readonly coefficients: Float64Array;
}

/** A polynomial of the differences x_t − x_{t−lag} as one of the values themselves. */
export function undoDifference(polynomial: LagPolynomial, lag: number): LagPolynomial {
  const weights = new Map<number, number>([[lag, 1]]);
  polynomial.lags.forEach((inner, k) => {
    const weight = polynomial.coefficients[k];
    weights.set(inner, (weights.get(inner) ?? 0) + weight);
    weights.set(inner + lag, (weights.get(inner + lag) ?? 0) - weight);
  });
  const lags = [...weights.keys()].sort((a, b) => a - b);
  const coefficients = Float64Array.from(lags, (key) => weights.get(key)!);
  return { constant: polynomial.constant, lags, coefficients };
}

/**
 * Continues a series: the steps after its first `known` values are written behind them.
 * @param values known values first, at least as many as the longest lag; room for the steps behind.
 */
export function continueSeries(
  polynomial: LagPolynomial,
  values: Float64Array,
  known: number,
): void {
  const { constant, lags, coefficients } = polynomial;
  for (let t = known; t < values.length; t++) {
    let sum = constant;
    for (let k = 0; k < lags.length; k++) sum += coefficients[k] * values[t - lags[k]];
    values[t] = sum;
  }
}
