export type Cell = string | number | null;

/** One CSV row with its line end. Null and NaN are written as empty cells. */
export function csvLine(cells: readonly Cell[]): string {
  let line = '';
  for (let k = 0; k < cells.length; k++) line += (k === 0 ? '' : ',') + csvCell(cells[k] ?? null);
  return `${line}\n`;
}

/** One cell, quoted if necessary. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
