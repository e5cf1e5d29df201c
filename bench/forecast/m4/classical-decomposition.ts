export type SeasonKind = 'additive' | 'multiplicative';

/**
 * Seasonal component by phase of the first `period` values, by classical decomposition (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 3.4): the centred moving
 * average of one period is taken off, what is left is averaged by phase, and the averages are made
 * to have mean 0 (additive) or 1 (multiplicative).
 * @param values at least two periods, without gaps; positive if multiplicative.
 * @returns period values; value t has the component t mod period.
 * @throws RangeError if there are fewer than two periods.
 */
export function seasonalComponent(
  values: Float64Array,
  period: number,
  kind: SeasonKind,
): Float64Array {
  const n = values.length;
  if (n < 2 * period) throw new RangeError(`${n} values are not two periods of ${period}`);
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  const half = period >> 1;
  const even = period % 2 === 0;
  for (let t = half; t + half < n; t++) {
    let sum = 0;
    for (let k = t - half; k <= t + half; k++) sum += values[k]!;
    if (even) sum -= 0.5 * (values[t - half]! + values[t + half]!);
    const trend = sum / period;
    const rest = kind === 'additive' ? values[t]! - trend : values[t]! / trend;
    sums[t % period]! += rest;
    counts[t % period]!++;
  }
  const component = sums.map((sum, phase) => sum / counts[phase]!);
  const mean = component.reduce((total, value) => total + value, 0) / period;
  return component.map((value) => (kind === 'additive' ? value - mean : value / mean));
}
