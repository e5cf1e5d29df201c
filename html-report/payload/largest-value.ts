/** The largest measured value, 0 without a measurement. */
export function largestValue(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
