/**
 * The last `length` values before an increasing end, sorted. Each step replaces one value by
 * another, which costs two binary searches and one move of memory.
 * @returns a function that gives the sorted values before an end. They are valid until the next
 * call. It throws a RangeError if the end decreases or is below `length`.
 */
export function createSortedStretch(
  values: Int32Array,
  length: number,
): (end: number) => Int32Array {
  const sorted = new Int32Array(length);
  let moved = 0;
  return (end) => {
    if (end < moved || end < length) {
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    }
    if (end - length >= moved) {
      // The range has no value in common with the previous one.
      sorted.set(values.subarray(end - length, end));
      sorted.sort();
      moved = end;
    }
    for (; moved < end; moved++) replace(sorted, values[moved - length], values[moved]);
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

/** Index of the first value that is not below the given one. */
function placeOf(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
