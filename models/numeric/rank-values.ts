/** The values of a series in increasing order, and the place of each value among them. */
export interface RankedValues {
  readonly sorted: Float64Array;
  readonly ranks: Int32Array;
}

/**
 * Sorted copy and, for each value, the position of the first equal value in it: ranks compare as the values do. Ranks
 * only name values, so that knowing the ranks of later values tells nothing about them.
 */
export function rankValues(values: Float64Array): RankedValues {
  const sorted = values.toSorted();
  const ranks = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    let low = 0;
    let high = sorted.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < values[k]!) low = middle + 1;
      else high = middle;
    }
    ranks[k] = low;
  }
  return { sorted, ranks };
}
