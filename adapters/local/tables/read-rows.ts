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

type Visit = (row: InputRow) => void;

/**
 * Visits every row in the order of the file; all cells that were asked for are valid.
 * @throws InputError with row and column of the first cell that is not.
 */
export async function readRows(
  connection: DuckDBConnection,
  table: InputTable,
  request: { readonly columns: readonly WantedColumn[]; readonly visit: Visit },
): Promise<number> {
  let rows = 0;
  for await (const piece of readPieces(connection, table, request.columns)) {
    piece.each(request.visit);
    rows += piece.rows;
  }
  return rows;
}

/** Some thousand rows. */
export interface InputPiece {
  readonly rows: number;
  each(visit: Visit): void;
}

/**
 * The same piece by piece, never more than one of them in memory; what the reader of the pieces throws passes.
 * @throws InputError with row and column of the first cell that is not valid, when its piece comes.
 */
export async function* readPieces(
  connection: DuckDBConnection,
  table: InputTable,
  columns: readonly WantedColumn[],
): AsyncGenerator<InputPiece, void, undefined> {
  const sql = columns.map((column) => columnSql(table.file, column));
  const bad = sql.map(({ isBad, shown }, c) => `WHEN ${isBad} THEN '${c}:' || ${shown}`).join(' ');
  const values = sql.map(({ value }) => value).join(', ');
  const refuse = (cause: unknown) => Promise.reject(toInputError(table.file, cause));
  const result = await connection
    .stream(`SELECT CASE ${bad} END, ${values} FROM ${table.from}`)
    .catch(refuse);
  let before = 0;
  for (;;) {
    const chunk = await result.fetchChunk().catch(refuse);
    // Every look at its number of rows is a call into DuckDB.
    const rows = chunk?.rowCount ?? 0;
    if (!chunk || rows === 0) break;
    const read = { chunk, rows, before };
    requireValid(table.file, columns, read);
    yield { rows, each: (visit) => visitChunk(read, visit) };
    before += rows;
  }
  if (before === 0) throw new InputError({ file: table.file, problem: 'has a header but no rows' });
}

/** DuckDB throws plain Errors. */
function toInputError(file: string, cause: unknown): unknown {
  return cause instanceof Error && cause.constructor === Error ? tableError(file, cause) : cause;
}

interface ReadChunk {
  readonly chunk: DuckDBDataChunk;
  readonly rows: number;
  /** Rows of the file before it. */
  readonly before: number;
}

function requireValid(
  file: string,
  columns: readonly WantedColumn[],
  { chunk, rows, before }: ReadChunk,
): void {
  const problems = chunk.getColumnVector(0);
  for (let i = 0; i < rows; i++) {
    const found = problems.getItem(i);
    if (typeof found !== 'string') continue;
    const separator = found.indexOf(':');
    const column = columns[Number(found.slice(0, separator))]!;
    const problem = cellProblem(column.kind, found.slice(separator + 1));
    throw new InputError({ file, row: before + i + 1, column: column.name, problem });
  }
}

function visitChunk({ chunk, rows, before }: ReadChunk, visit: Visit): void {
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
  for (; i < rows; i++) {
    row.row = before + i + 1;
    visit(row);
  }
}
