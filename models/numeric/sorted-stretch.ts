/**
 * The last `length` of some values before an end that only grows, sorted: every step puts one value
 * in another's place, which is two binary searches and one move in memory.
 * @returns gives the sorted values, which stay valid until the next call; throws RangeError where
 * the end goes back or lies before `length`.
 */
export function createSortedStretch(
  values: Int32Array,
  length: number,
): (end: number) => Int32Array {
  const sorted = new Int32Array(length);
  let moved = 0;
  return (end) => {
    if (end < moved || end < length)
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    if (end - length >= moved) {
      // Nothing in common with the stretch before.
      sorted.set(values.subarray(end - length, end));
      sorted.sort();
      moved = end;
    }
    for (; moved < end; moved++) replace(sorted, values[moved - length]!, values[moved]!);
    return sorted;
  };
}

function replace(sorted: Int32Array, gone: number, come: number): void {
  if (come === gone) return;
  const from = placeOf(sorted, gone);
  if (come > gone) {
    const to = placeOf(sorted, come) - 1;
    sorted.copyWithin(from, from + 1, to + 1);
    sorted[to] = come;
  } else {
    const to = placeOf(sorted, come);
    sorted.copyWithin(to + 1, to, from);
    sorted[to] = come;
  }
}

/** Position of the first value that is not below the given one. */
function placeOf(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
