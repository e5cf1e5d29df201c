/** Values at increasing times, each time once. NaN where nothing was measured. */
export interface TimeColumn {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const EMPTY_COLUMN: TimeColumn = {
  times: new Float64Array(0),
  values: new Float64Array(0),
};

/** Values in the order of time; of a time that repeats the last value counts. */
export function inTimeOrder(times: readonly number[], values: readonly number[]): TimeColumn {
  const order = Uint32Array.from(times, (_, row) => row);
  if (times.some((time, row) => row > 0 && time < times[row - 1])) {
    order.sort((a, b) => times[a] - times[b] || a - b);
  }
  const last = order.filter((row, k) => times[order[k + 1] ?? -1] !== times[row]);
  return {
    times: Float64Array.from(last, (row) => times[row]),
    values: Float64Array.from(last, (row) => values[row]),
  };
}

/** At each time the sum of the columns that were measured there. */
export function sumColumns(columns: readonly TimeColumn[]): TimeColumn {
  if (columns.length < 2) return columns[0] ?? EMPTY_COLUMN;
  const times = mergeTimes(columns);
  const values = new Float64Array(times.length).fill(NaN);
  for (const column of columns) {
    eachMeasured(column, times, (k, value) => {
      values[k] = (Number.isNaN(values[k]) ? 0 : values[k]) + value;
    });
  }
  return { times, values };
}

/** The first column's value where it was measured, the second's elsewhere. */
export function preferColumn(first: TimeColumn, second: TimeColumn): TimeColumn {
  if (second.times.length === 0) return first;
  const times = mergeTimes([first, second]);
  const values = new Float64Array(times.length).fill(NaN);
  for (const column of [second, first]) {
    eachMeasured(column, times, (k, value) => (values[k] = value));
  }
  return { times, values };
}

/** Visits all times, with the value of each column or NaN. The array is the same in every visit. */
export function eachTime(
  columns: readonly TimeColumn[],
  visit: (time: number, values: Float64Array) => void,
): void {
  const values = new Float64Array(columns.length);
  const at = columns.map(() => 0);
  for (const time of mergeTimes(columns)) {
    columns.forEach((column, c) => {
      const isHere = column.times[at[c]] === time;
      values[c] = isHere ? column.values[at[c]] : NaN;
      if (isHere) at[c]++;
    });
    visit(time, values);
  }
}

/** @param times hold all times of the column; `k` is the place of a value's time among them. */
function eachMeasured(
  column: TimeColumn,
  times: Float64Array,
  visit: (k: number, value: number) => void,
): void {
  let k = 0;
  column.times.forEach((time, i) => {
    while (times[k] < time) k++;
    if (!Number.isNaN(column.values[i])) visit(k, column.values[i]);
  });
}

/** All times, each once, increasing. */
function mergeTimes(columns: readonly TimeColumn[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { times }) => sum + times.length, 0));
  let end = 0;
  for (const { times } of columns) {
    all.set(times, end);
    end += times.length;
  }
  all.sort();
  return all.filter((time, k) => k === 0 || time !== all[k - 1]);
}
