/**
 * Quantile of the values by linear interpolation between order statistics (type 7 of Hyndman and
 * Fan, The American Statistician 50, 1996; the default of R and NumPy). Sorting takes n log n.
 * @param values at least one, without NaN; not changed.
 * @param probability in [0, 1].
 * @throws RangeError without values or with a probability outside [0, 1].
 */
export function empiricalQuantile(values: ArrayLike<number>, probability: number): number {
  return empiricalQuantiles(values, [probability])[0];
}

/** Several quantiles of the same values, which are sorted once. */
export function empiricalQuantiles(
  values: ArrayLike<number>,
  probabilities: readonly number[],
): number[] {
  if (values.length === 0) throw new RangeError('no quantile of no values');
  const sorted = new Float64Array(values).sort();
  return probabilities.map((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`a probability lies in [0, 1], not ${probability}`);
    }
    const position = (sorted.length - 1) * probability;
    const below = Math.floor(position);
    const low = sorted[below];
    const high = sorted[Math.min(below + 1, sorted.length - 1)];
    return low + (position - below) * (high - low);
  });
}
