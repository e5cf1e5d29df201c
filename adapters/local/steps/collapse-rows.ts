/** One value per step with rows, in the order of the steps. */
export interface CollapsedRows {
  readonly steps: Float64Array;
  /** One column per input column; NaN if no row of the step measured it. */
  readonly columns: readonly Float64Array[];
  /** Rows that repeat the time of an earlier row. */
  readonly duplicates: number;
  /** Rows with another time that fall into an occupied step. */
  readonly shared: number;
}

export interface RowColumns {
  /** Per row: number of its step. */
  readonly steps: Float64Array;
  /** Per row: its time. */
  readonly times: Float64Array;
  readonly columns: readonly Float64Array[];
}

/**
 * What a step keeps of each column: its mean over the step's times, or its largest value; `last` is
 * the last measured value of every column, in row order.
 */
export type Collapse = 'last' | readonly ('mean' | 'peak')[];

/** Combines all rows of a step into one value per column. If a time repeats, the later row counts. */
export function collapseRows(rows: RowColumns, how: Collapse): CollapsedRows {
  const { steps, times, columns } = rows;
  const order = rowOrder(how === 'last' ? steps : times);
  const found = new Float64Array(steps.length);
  const values = columns.map(() => new Float64Array(steps.length));
  let [count, duplicates, shared, from] = [0, 0, 0, 0];
  while (from < order.length) {
    const step = steps[order[from]];
    let end = from + 1;
    for (; end < order.length && steps[order[end]] === step; end++) {
      if (times[order[end]] === times[order[end - 1]]) duplicates++;
      else shared++;
    }
    const group = order.subarray(from, end);
    columns.forEach((column, c) => {
      values[c][count] =
        how === 'last' ? lastOf(column, group) : combined(column, times, { group, how: how[c] });
    });
    found[count++] = step;
    from = end;
  }
  return {
    steps: found.slice(0, count),
    columns: values.map((column) => column.slice(0, count)),
    duplicates,
    shared: how === 'last' ? shared : 0,
  };
}

/** Row indices sorted by key. Rows with the same key keep their order. */
function rowOrder(keys: Float64Array): Uint32Array {
  const order = Uint32Array.from(keys, (_, row) => row);
  const isSorted = keys.every((key, row) => row === 0 || keys[row - 1] <= key);
  return isSorted ? order : order.sort((a, b) => keys[a] - keys[b] || a - b);
}

function lastOf(column: Float64Array, group: Uint32Array): number {
  for (let k = group.length - 1; k >= 0; k--) {
    const value = column[group[k]];
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}

function combined(
  column: Float64Array,
  times: Float64Array,
  { group, how }: { readonly group: Uint32Array; readonly how: 'mean' | 'peak' },
): number {
  let [sum, count, largest] = [0, 0, -Infinity];
  for (let k = 0; k < group.length; k++) {
    let value = column[group[k]];
    // Of rows with the same time, the last one that measured the column counts.
    while (k + 1 < group.length && times[group[k + 1]] === times[group[k]]) {
      const later = column[group[++k]];
      if (!Number.isNaN(later)) value = later;
    }
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
    largest = Math.max(largest, value);
  }
  if (count === 0) return NaN;
  return how === 'peak' ? largest : sum / count;
}
