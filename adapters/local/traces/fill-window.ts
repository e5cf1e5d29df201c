export interface FillCounts {
  /** Rows that repeat the time of a row before them. */
  readonly duplicates: number;
  /** Rows of another time that fell into a step that already had one. */
  readonly shared: number;
  /** Values that are there in the end. */
  readonly measured: number;
}

/** One resource: where it comes from, one value per row, and where it goes to, one value per slot. */
export interface ColumnCopy {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Writes rows into their slots in the order of the rows: the last measured value of a slot stays. */
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
