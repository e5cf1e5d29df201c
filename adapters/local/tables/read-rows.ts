import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { InputError } from '#adapters/local/input-error.ts';
import type { InputTable } from './input-table.ts';
import { tableError } from './table-error.ts';
import { cellProblem, columnSql, type WantedColumn } from './wanted-column.ts';

/** One row while it is visited. Columns are numbered in the order in which they were asked for. */
export interface InputRow {
  /** From 1; the header is not counted. */
  readonly row: number;
  text(column: number): string | null;
  /** NaN where the cell is empty, or holds NaN in a Parquet file. */
  number(column: number): number;
}

/**
 * Visits every row in the order of the file; all cells that were asked for are valid.
 * @throws InputError with row and column of the first cell that is not.
 */
export async function readRows(
  connection: DuckDBConnection,
  table: InputTable,
  request: { readonly columns: readonly WantedColumn[]; readonly visit: (row: InputRow) => void },
): Promise<number> {
  const { columns, visit } = request;
  const sql = columns.map((column) => columnSql(table.file, column));
  const bad = sql.map(({ isBad, shown }, c) => `WHEN ${isBad} THEN '${c}:' || ${shown}`).join(' ');
  const values = sql.map(({ value }) => value).join(', ');
  let rows = 0;
  try {
    const result = await connection.stream(`SELECT CASE ${bad} END, ${values} FROM ${table.from}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      requireValid(table.file, columns, { chunk, rows });
      visitChunk(chunk, rows, visit);
      rows += chunk.rowCount;
    }
  } catch (cause) {
    throw toInputError(table.file, cause);
  }
  if (rows === 0) throw new InputError({ file: table.file, problem: 'has a header but no rows' });
  return rows;
}

/** What `visit` throws, a mistake of ours, passes; DuckDB throws plain Errors. */
function toInputError(file: string, cause: unknown): unknown {
  return cause instanceof Error && cause.constructor === Error ? tableError(file, cause) : cause;
}

function requireValid(
  file: string,
  columns: readonly WantedColumn[],
  { chunk, rows }: { readonly chunk: DuckDBDataChunk; readonly rows: number },
): void {
  const problems = chunk.getColumnVector(0);
  for (let i = 0; i < chunk.rowCount; i++) {
    const found = problems.getItem(i);
    if (typeof found !== 'string') continue;
    const separator = found.indexOf(':');
    const column = columns[Number(found.slice(0, separator))]!;
    const problem = cellProblem(column.kind, found.slice(separator + 1));
    throw new InputError({ file, row: rows + i + 1, column: column.name, problem });
  }
}

function visitChunk(chunk: DuckDBDataChunk, rows: number, visit: (row: InputRow) => void): void {
  const vectors = Array.from({ length: chunk.columnCount - 1 }, (_, c) =>
    chunk.getColumnVector(c + 1),
  );
  let i = 0;
  const row = {
    row: 0,
    text(column: number) {
      const value = vectors[column]!.getItem(i);
      return value === null ? null : String(value);
    },
    number(column: number) {
      const value = vectors[column]!.getItem(i);
      return typeof value === 'number' ? value : NaN;
    },
  };
  for (; i < chunk.rowCount; i++) {
    row.row = rows + i + 1;
    visit(row);
  }
}
