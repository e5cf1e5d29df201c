import { leastSquares } from '#models/optimise/least-squares.ts';

/**
 * Seasonal component, one per value, of a series of less than three periods: what a straight line leaves when it is fitted
 * together with one harmonic of the season.
 * @throws RangeError if there are no more values than a period.
 */
export function seasonOfShortSeries(
  values: Float64Array,
  period: number,
  multiplicative: boolean,
): Float64Array {
  const n = values.length;
  if (n <= period) throw new RangeError(`${n} values do not show a season of ${period}`);
  const angle = (t: number): number => (2 * Math.PI * (t + 1)) / period;
  const columns = [
    Float64Array.from(values, () => 1),
    // In units of the series' length, so that the columns are of similar size.
    Float64Array.from(values, (_, t) => (t + 1) / n),
    Float64Array.from(values, (_, t) => Math.cos(angle(t))),
    Float64Array.from(values, (_, t) => Math.sin(angle(t))),
  ];
  const [intercept = 0, slope = 0] = leastSquares(columns, values) ?? [];
  return values.map((value, t) => {
    const line = intercept + (slope * (t + 1)) / n;
    return multiplicative ? value / line : value - line;
  });
}
