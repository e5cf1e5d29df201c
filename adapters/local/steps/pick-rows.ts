/** The values of these rows, in their order. Every row must be one of the column. */
export function pickRows(column: ArrayLike<number>, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => column[row]);
}
