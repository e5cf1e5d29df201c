export interface Column {
  readonly head: string;
  /** Numbers stand on the right. */
  readonly isRight?: boolean;
  /** Left out of tables that are too wide, the highest first; absent: always shown. */
  readonly leaveOut?: number;
}

const GAP = '  ';
/** What a name is shortened to at most. */
const SHORTEST_NAME = 12;

/**
 * A table as lines that fit a width: columns that may be left out are, then the first column is
 * shortened.
 * @param rows one cell per column.
 */
export function columnLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const table = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, k) => Math.max(...table.map((row) => row[k]!.length)));
  const shown = fitting(columns, widths, width);
  const total = shown.reduce((sum, k) => sum + widths[k]!, GAP.length * (shown.length - 1));
  const first = shown[0] ?? 0;
  const least = Math.min(widths[first]!, SHORTEST_NAME);
  widths[first] = Math.max(least, widths[first]! - Math.max(0, total - width));
  return table.map((row) => {
    const cells = shown.map((k) => {
      const text = k === first ? shortened(row[k]!, widths[k]!) : row[k]!;
      return columns[k]!.isRight ? text.padStart(widths[k]!) : text.padEnd(widths[k]!);
    });
    return cells.join(GAP).trimEnd();
  });
}

/** Indices of the columns that are shown. */
function fitting(
  columns: readonly Column[],
  widths: readonly number[],
  width: number,
): readonly number[] {
  let shown = columns.map((_, k) => k);
  const total = (): number =>
    shown.reduce((sum, k) => sum + widths[k]!, GAP.length * (shown.length - 1));
  const order = columns
    .map(({ leaveOut }, k) => ({ leaveOut, k }))
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => b.leaveOut! - a.leaveOut!);
  for (const { k } of order) {
    if (total() <= width) break;
    shown = shown.filter((other) => other !== k);
  }
  return shown;
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
