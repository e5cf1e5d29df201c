/** Fewer values are sorted faster by insertion. */
const FEW = 24;

/**
 * The middle one of the values, of an even number the mean of the two; reorders them. NaN of none.
 */
export function median(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return NaN;
  if (length > FEW) values.sort();
  else sortFew(values);
  const upper = values[length >> 1];
  return length % 2 === 1 ? upper : (values[(length >> 1) - 1] + upper) / 2;
}

function sortFew(values: Float64Array): void {
  for (let k = 1; k < values.length; k++) {
    const value = values[k];
    let at = k;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
