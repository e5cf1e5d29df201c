import { InputError } from '#adapters/local/input-error.ts';
import type { CellBudget } from './cell-budget.ts';
import type { RequestedColumn } from './column-kind.ts';

/** The current row during a visit. Columns are numbered in the order of the request. */
export interface InputRow {
  /**
   * Trimmed text, null if the cell is empty. A time is in the file's format, or in ISO 8601 if its
   * column is typed.
   */
  text(column: number): string | null;
  /** NaN if the cell is empty, or contains NaN in a Parquet file. */
  number(column: number): number;
}

/** Some thousand rows. All requested cells are valid. */
export interface InputPiece {
  readonly rows: number;
  each(visit: (row: InputRow) => void): void;
}

/** A file as a table with all rows in file order. It can be read once. */
export interface InputTable {
  readonly file: string;
  /** Names in lower case, in file order; columns without a name are omitted. */
  readonly columns: readonly string[];
  /** The first row's cell, trimmed; null if it is empty or no finite time. */
  first(column: string): Promise<string | null>;
  /**
   * Yields the rows piece by piece, so that only one piece is in memory. Errors of the consumer
   * pass unchanged.
   * @throws InputError with line or row and column of the first invalid cell, when its piece is
   * reached.
   */
  pieces(requested: readonly RequestedColumn[]): AsyncGenerator<InputPiece, void, undefined>;
}

/**
 * @param hint the options that name another column.
 * @throws InputError if the table does not have the column.
 */
export function requireColumn({ file, columns }: InputTable, name: string, hint = ''): void {
  if (columns.includes(name)) return;
  const named = hint === '' ? '' : ` (${hint})`;
  const problem = `missing; the file has ${columns.join(', ')}${named}`;
  throw new InputError({ file, column: name, problem });
}

/** What `eachRow` reads. */
export interface RequestedCells {
  readonly columns: readonly RequestedColumn[];
  /** What the visitor may take into memory. */
  readonly budget: CellBudget;
}

/**
 * Visits every row in file order.
 * @throws InputError as `pieces` does, and where the cells exceed the budget.
 */
export async function eachRow(
  table: InputTable,
  { columns, budget }: RequestedCells,
  visit: (row: InputRow) => void,
): Promise<void> {
  for await (const piece of table.pieces(columns)) {
    budget.take(table.file, piece.rows * columns.length);
    piece.each(visit);
  }
}
