/** Shorter seasons are not told from short-term dependence. */
const SHORTEST_PERIOD = 4;

/** 95th percentile of the standard normal distribution: a two-sided test at 90 %. */
const CRITICAL = 1.6448536269514722;

/**
 * Whether the autocorrelation at the season's lag stands out from what the shorter lags would
 * explain (Bartlett's formula), as in the M competitions.
 */
export function isSeasonal(values: Float64Array, period: number): boolean {
  const n = values.length;
  if (period < SHORTEST_PERIOD || n < 2 * period) return false;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centred = values.map((value) => value - mean);
  const product = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += centred[t]! * centred[t - lag]!;
    return sum;
  };
  const variance = product(0);
  if (variance === 0) return false;
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (product(lag) / variance) ** 2;
  const limit = CRITICAL * Math.sqrt((1 + 2 * squares) / n);
  return Math.abs(product(period) / variance) > limit;
}
