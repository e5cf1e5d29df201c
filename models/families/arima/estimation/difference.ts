import type { ArimaOrder } from './arima-order.ts';

/**
 * The series after d ordinary and D seasonal differences; what has no past is left out. A NaN stays
 * NaN.
 */
export function difference(
  values: Float64Array,
  { d, seasonalD, season }: Pick<ArimaOrder, 'd' | 'seasonalD' | 'season'>,
): Float64Array {
  let result = values;
  for (let k = 0; k < seasonalD; k++) result = lagDifference(result, season);
  for (let k = 0; k < d; k++) result = lagDifference(result, 1);
  return result;
}

function lagDifference(values: Float64Array, lag: number): Float64Array {
  const result = new Float64Array(Math.max(0, values.length - lag));
  for (let t = 0; t < result.length; t++) result[t] = values[t + lag] - values[t];
  return result;
}

/**
 * δ with y_t = Σ δ_j y_{t−j} + w_t, where w is the differenced series: (1 − B)^d (1 − B^season)^D
 * multiplied out.
 */
export function differencePolynomial({
  d,
  seasonalD,
  season,
}: Pick<ArimaOrder, 'd' | 'seasonalD' | 'season'>): Float64Array {
  let full = Float64Array.of(1);
  const times = (lag: number): void => {
    const next = new Float64Array(full.length + lag);
    full.forEach((coefficient, k) => {
      next[k] += coefficient;
      next[k + lag] -= coefficient;
    });
    full = next;
  };
  for (let k = 0; k < seasonalD; k++) times(season);
  for (let k = 0; k < d; k++) times(1);
  return full.subarray(1).map((coefficient) => -coefficient);
}
