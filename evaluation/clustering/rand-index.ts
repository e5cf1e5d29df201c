const pairs = (n: number): number => (n * (n - 1)) / 2;

/**
 * Adjusted Rand index of two partitions of the same items: 1 if they are the same, 0 on average if
 * they are independent (Hubert and Arabie, "Comparing partitions", Journal of Classification 2,
 * 1985, equation 5). Two partitions that both put everything together, or everything apart, are the
 * same.
 * @param a label of each item; the labels themselves mean nothing.
 * @throws RangeError if the partitions are not of the same number of items.
 */
export function adjustedRandIndex(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) {
    throw new RangeError(`partitions of ${a.length} and ${b.length} items`);
  }
  const together = sumOfPairs(a.map((label, k) => JSON.stringify([label, b[k]])));
  const [inA, inB] = [sumOfPairs(a), sumOfPairs(b)];
  const expected = (inA * inB) / (pairs(a.length) || 1);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

/** Pairs of items with the same label. */
function sumOfPairs(labels: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
}
