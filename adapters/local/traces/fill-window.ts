export interface FillCounts {
  /** Rows that repeat the time of an earlier row. */
  readonly duplicates: number;
  /** Rows with another time that fall into an occupied step. */
  readonly shared: number;
  /** Number of values in the filled window. */
  readonly measured: number;
}

/** One resource: source with one value per row, target with one value per slot. */
export interface ColumnCopy {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Writes rows into their slots in row order: the last measured value of a slot is kept. */
export function fillWindow(
  { slots, times }: { readonly slots: Int32Array; readonly times: Float64Array },
  copies: readonly ColumnCopy[],
): FillCounts {
  let [duplicates, shared, measured] = [0, 0, 0];
  const lastTime = new Float64Array(copies[0]!.to.length).fill(NaN);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    if (times[i] === lastTime[slot]) duplicates++;
    else if (!Number.isNaN(lastTime[slot]!)) shared++;
    lastTime[slot] = times[i]!;
    for (const { from, to } of copies) {
      if (Number.isNaN(from[i]!)) continue;
      if (Number.isNaN(to[slot]!)) measured++;
      to[slot] = from[i]!;
    }
  }
  return { duplicates, shared, measured };
}
