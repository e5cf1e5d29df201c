export interface StraightLine {
  /** Value at t = 0; the first value is at t = 1. */
  readonly intercept: number;
  readonly slope: number;
}

/** Least-squares line through values at t = 1, 2, …; a level through a single one. */
export function straightLine(values: Float64Array): StraightLine {
  const n = values.length;
  if (n < 2) return { intercept: values[0] ?? 0, slope: 0 };
  let [sum, moment] = [0, 0];
  for (let k = 0; k < n; k++) {
    sum += values[k]!;
    moment += (k + 1) * values[k]!;
  }
  const slope = (12 * (moment - ((n + 1) / 2) * sum)) / (n * (n * n - 1));
  return { intercept: sum / n - (slope * (n + 1)) / 2, slope };
}
