/** The last values, sorted by size. */
export interface SortedWindow {
  readonly count: number;
  push(value: number): void;
  /**
   * The smallest value that at least this share of the window does not exceed; null if the window
   * is empty.
   */
  percentile(share: number): number | null;
}

/**
 * A window of at most `size` values. Adding a value costs one binary search and one move of memory.
 */
export function createSortedWindow(size: number): SortedWindow {
  const sorted: number[] = [];
  const arrived: number[] = [];
  const placeOf = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get count() {
      return sorted.length;
    },
    push(value) {
      if (arrived.length === size) sorted.splice(placeOf(arrived.shift()!), 1);
      arrived.push(value);
      sorted.splice(placeOf(value), 0, value);
    },
    percentile(share) {
      if (sorted.length === 0) return null;
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    },
  };
}
