/**
 * Autocorrelations of the lags 0 to `most` (Box and Jenkins, Time Series Analysis, section 2.1.5).
 * @param values without gaps, mean 0.
 */
export function autocorrelations(values: Float64Array, most: number): Float64Array {
  const found = new Float64Array(Math.min(most, values.length - 1) + 1);
  for (let lag = 0; lag < found.length; lag++) {
    let sum = 0;
    for (let k = lag; k < values.length; k++) sum += values[k] * values[k - lag];
    found[lag] = sum;
  }
  const variance = found[0];
  return variance > 0 ? found.map((sum) => sum / variance) : found.fill(0);
}
