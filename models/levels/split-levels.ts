/**
 * The index that splits a range into two parts of the most different levels, by least squares
 * (Hinkley, Biometrika 57, 1970); -1 if there is no room.
 * @param range first index and end (exclusive); both parts keep at least the given number of
 * values.
 */
export function splitLevels(values: Float64Array, { from, to, before, after }: SplitRange): number {
  let total = 0;
  for (let k = from; k < to; k++) total += values[k];
  let [sum, best, most] = [0, -1, 0];
  for (let k = from; k < to - after; k++) {
    sum += values[k];
    const left = k + 1 - from;
    const right = to - k - 1;
    if (left < before) continue;
    const difference = sum / left - (total - sum) / right;
    const gain = (difference * difference * left * right) / (left + right);
    if (gain > most) [most, best] = [gain, k + 1];
  }
  return best;
}

export interface SplitRange {
  readonly from: number;
  readonly to: number;
  /** Least number of values on either side. */
  readonly before: number;
  readonly after: number;
}
