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
  const filled = columns.map((column, k) => {
    const cells = [column.head, ...rows.map((row) => row[k] ?? '')];
    return { ...column, cells, width: Math.max(...cells.map(({ length }) => length)) };
  });
  const shown = fitting(filled, width).map((column, place, all) =>
    place === 0 ? narrowed(column, Math.max(0, totalWidth(all) - width)) : column,
  );
  return [undefined, ...rows].map((_, line) =>
    shown
      .map(({ cells, isRight, width: own }) => {
        const text = cells[line] ?? '';
        return isRight ? text.padStart(own) : text.padEnd(own);
      })
      .join(GAP)
      .trimEnd(),
  );
}

interface FilledColumn extends Column {
  /** The head, then a cell per row. */
  readonly cells: readonly string[];
  readonly width: number;
}

const totalWidth = (columns: readonly FilledColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, GAP.length * (columns.length - 1));

/** The columns that are shown. */
function fitting(columns: readonly FilledColumn[], width: number): readonly FilledColumn[] {
  const order = columns
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => (b.leaveOut ?? 0) - (a.leaveOut ?? 0));
  let shown = columns;
  for (const column of order) {
    if (totalWidth(shown) <= width) break;
    shown = shown.filter((other) => other !== column);
  }
  return shown;
}

function narrowed(column: FilledColumn, excess: number): FilledColumn {
  const width = Math.max(Math.min(column.width, SHORTEST_NAME), column.width - excess);
  return { ...column, width, cells: column.cells.map((text) => shortened(text, width)) };
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
