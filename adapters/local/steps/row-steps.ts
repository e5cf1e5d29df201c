/** Differences between the times of rows. */
export interface RowSteps {
  /** Positive differences between neighbouring rows; repeated times leave none. */
  readonly differences: Float64Array;
  /** Rows whose time lies before that of the row above. */
  readonly backwards: number;
}

/**
 * Differences in the order of the rows, so that a clock that jumped back shows as one jump and not as a stretch of odd
 * steps; in the order of time where more than one row in twenty lies before the row above: then the order means nothing.
 * @param times Unix seconds, in any order.
 */
export function rowSteps(times: Float64Array): RowSteps {
  let backwards = 0;
  for (let i = 1; i < times.length; i++) if (times[i]! < times[i - 1]!) backwards++;
  const isShuffled = backwards > Math.max(1, times.length / 20);
  return { differences: positiveSteps(isShuffled ? times.slice().sort() : times), backwards };
}

function positiveSteps(times: Float64Array): Float64Array {
  const differences = new Float64Array(Math.max(0, times.length - 1));
  let count = 0;
  for (let i = 1; i < times.length; i++) {
    const difference = times[i]! - times[i - 1]!;
    if (difference > 0) differences[count++] = difference;
  }
  return differences.subarray(0, count);
}
