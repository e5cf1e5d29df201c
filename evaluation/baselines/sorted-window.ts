/** The last values in order of size. */
export interface SortedWindow {
  readonly count: number;
  push(value: number): void;
  /** The value below or at which the share lies (the smallest of those); null while it is empty. */
  percentile(share: number): number | null;
}

/** A window of at most `size` values; pushing costs one binary search and one move in memory. */
export function createSortedWindow(size: number): SortedWindow {
  const sorted: number[] = [];
  const arrived: number[] = [];
  const placeOf = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
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
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
    },
  };
}
