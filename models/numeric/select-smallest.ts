/**
 * The value at index `rank` of the sorted values, in linear time on average (Hoare's FIND,
 * Communications of the ACM 4, 1961). Reorders the values.
 * @throws RangeError if there is no such index.
 */
export function selectSmallest(values: Float64Array, rank: number): number {
  if (!(rank >= 0 && rank < values.length)) {
    throw new RangeError(`no rank ${rank} among ${values.length} values`);
  }
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >>> 1];
    let [low, high] = [left, right];
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (values[high] > pivot) high--;
      if (low > high) break;
      const value = values[low];
      values[low++] = values[high];
      values[high--] = value;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return values[rank];
}
