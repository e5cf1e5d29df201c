/** Mean of the values; NaN without any. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Standard error of the mean; infinite with fewer than two values. */
export function standardError(values: Float64Array): number {
  if (values.length < 2) return Infinity;
  const middle = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
