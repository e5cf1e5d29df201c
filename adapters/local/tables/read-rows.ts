import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { InputError } from '#adapters/local/input-error.ts';
import type { InputTable } from './input-table.ts';
import { tableError } from './table-error.ts';
import { cellProblem, columnSql, type RequestedColumn } from './requested-column.ts';

/** The current row during a visit. Columns are numbered in the order of the request. */
export interface InputRow {
  /** Counted from 1 without the header. */
  readonly row: number;
  text(column: number): string | null;
  /** NaN if the cell is empty, or contains NaN in a Parquet file. */
  number(column: number): number;
}

type Visit = (row: InputRow) => void;

/**
 * Visits every row in file order. All requested cells are valid.
 * @throws InputError with row and column of the first invalid cell.
 */
export async function readRows(
  connection: DuckDBConnection,
  table: InputTable,
  request: { readonly columns: readonly RequestedColumn[]; readonly visit: Visit },
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
 * Like `readRows`, but yields one piece at a time, so that only one is in memory. Errors of the
 * consumer pass unchanged.
 * @throws InputError with row and column of the first invalid cell, when its piece is reached.
 */
export async function* readPieces(
  connection: DuckDBConnection,
  table: InputTable,
  columns: readonly RequestedColumn[],
): AsyncGenerator<InputPiece, void, undefined> {
  const sql = columns.map((column) => columnSql(table.file, column));
  const bad = sql.map(({ isBad, shown }, c) => `WHEN ${isBad} THEN '${c}:' || ${shown}`).join(' ');
  const values = sql.map(({ value }) => value).join(', ');
  const refuse = (cause: unknown) => Promise.reject(toInputError(table.file, cause));
  const result = await connection
    .stream(`SELECT CASE ${bad} END, ${values} FROM ${table.from}`)
    .catch(refuse);
  let previousRows = 0;
  for (;;) {
    const chunk = await result.fetchChunk().catch(refuse);
    // Read once: every access to `rowCount` calls DuckDB.
    const rows = chunk?.rowCount ?? 0;
    if (!chunk || rows === 0) break;
    const read = { chunk, rows, before: previousRows };
    requireValid(table.file, columns, read);
    yield { rows, each: (visit) => visitChunk(read, visit) };
    previousRows += rows;
  }
  if (previousRows === 0)
    throw new InputError({ file: table.file, problem: 'has a header but no rows' });
}

/** Errors of DuckDB have the class Error itself. */
function toInputError(file: string, cause: unknown): unknown {
  return cause instanceof Error && cause.constructor === Error ? tableError(file, cause) : cause;
}

interface ReadChunk {
  readonly chunk: DuckDBDataChunk;
  readonly rows: number;
  /** Number of the file's rows before this chunk. */
  readonly before: number;
}

function requireValid(
  file: string,
  columns: readonly RequestedColumn[],
  { chunk, rows, before }: ReadChunk,
): void {
  const faults = chunk.getColumnVector(0);
  for (let i = 0; i < rows; i++) {
    const fault = faults.getItem(i);
    if (typeof fault !== 'string') continue;
    const separator = fault.indexOf(':');
    const column = columns[Number(fault.slice(0, separator))]!;
    const problem = cellProblem(column.kind, fault.slice(separator + 1));
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
