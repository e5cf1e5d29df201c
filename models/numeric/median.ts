/** Fewer values are sorted faster by insertion. */
const FEW = 24;

/**
 * The middle one of the values, of an even number the mean of the two; reorders them. NaN of none.
 */
export function median(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return NaN;
  const middle = length >> 1;
  if (length > FEW) select(values, middle);
  else sortFew(values);
  const upper = values[middle];
  if (length % 2 === 1) return upper;
  let lower = values[0];
  for (let k = 1; k < middle; k++) if (values[k] > lower) lower = values[k];
  return (lower + upper) / 2;
}

/**
 * Puts the value that sorting would put at a place there, none larger before it and none smaller
 * after it (Hoare, Algorithm 65: FIND, Communications of the ACM 4, 1961).
 */
function select(values: Float64Array, place: number): void {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = values[place];
    let low = first;
    let high = last;
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (pivot < values[high]) high--;
      if (low > high) break;
      const value = values[low];
      values[low++] = values[high];
      values[high--] = value;
    }
    if (high < place) first = low;
    if (place < low) last = high;
  }
}

function sortFew(values: Float64Array): void {
  for (let k = 1; k < values.length; k++) {
    const value = values[k];
    let at = k;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
