/** The values of a series in increasing order, and the rank of each value. */
export interface RankedValues {
  readonly sorted: Float64Array;
  readonly ranks: Int32Array;
}

/**
 * Sorts a copy of the values and gives each value the index of the first equal value in it. Ranks
 * are ordered like the values. They only identify values, so they reveal nothing about later
 * values.
 */
export function rankValues(values: Float64Array): RankedValues {
  const sorted = values.toSorted();
  const ranks = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    let low = 0;
    let high = sorted.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < values[k]) low = middle + 1;
      else high = middle;
    }
    ranks[k] = low;
  }
  return { sorted, ranks };
}
