/** Differences between the times of rows. */
export interface RowSteps {
  /** Positive differences between adjacent rows. A repeated time yields none. */
  readonly differences: Float64Array;
  /** Rows whose time is before that of the previous row. */
  readonly backwards: number;
}

/**
 * Differences between adjacent rows in file order, so that a clock that jumped back yields one jump
 * and not a run of odd steps. If more than one row in twenty is before its previous row, the rows
 * are not ordered, and the differences are taken in time order.
 * @param times Unix seconds, in any order.
 */
export function rowSteps(times: Float64Array): RowSteps {
  let backwards = 0;
  for (let i = 1; i < times.length; i++) if (times[i] < times[i - 1]) backwards++;
  const isShuffled = backwards > Math.max(1, times.length / 20);
  return { differences: positiveSteps(isShuffled ? times.slice().sort() : times), backwards };
}

function positiveSteps(times: Float64Array): Float64Array {
  const differences = new Float64Array(Math.max(0, times.length - 1));
  let count = 0;
  for (let i = 1; i < times.length; i++) {
    const difference = times[i] - times[i - 1];
    if (difference > 0) differences[count++] = difference;
  }
  return differences.subarray(0, count);
}
