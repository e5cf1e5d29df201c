import { InputError } from '#adapters/local/input-error.ts';
import type { WantedColumn } from './column-kind.ts';

/** One row while it is visited. Columns are numbered in the order in which they were asked for. */
export interface InputRow {
  /**
   * Trimmed; null where the cell is empty. Of a time as it is written, or in ISO 8601 where its
   * column has a type.
   */
  text(column: number): string | null;
  /** NaN where the cell is empty, or holds NaN in a Parquet file. */
  number(column: number): number;
}

/** Some thousand rows, all of whose cells that were asked for are valid. */
export interface InputPiece {
  readonly rows: number;
  each(visit: (row: InputRow) => void): void;
}

/** A file as a table, every row in the order of the file. It is read once. */
export interface InputTable {
  readonly file: string;
  /** In lower case, in the order of the file; those without a name are left out. */
  readonly columns: readonly string[];
  /** The first row's cell, trimmed; null if it is empty, or its column has a type. */
  first(column: string): Promise<string | null>;
  /**
   * The rows piece by piece, never more than one of them in memory; what the reader of the pieces
   * throws passes.
   * @throws InputError with line or row and column of the first cell that is not valid, when its
   * piece comes.
   */
  pieces(wanted: readonly WantedColumn[]): AsyncGenerator<InputPiece, void, undefined>;
}

/** @throws InputError if the table does not have the column. */
export function requireColumn({ file, columns }: InputTable, name: string): void {
  if (columns.includes(name)) return;
  const problem = `missing; the file has ${columns.join(', ')}`;
  throw new InputError({ file, column: name, problem });
}

/** Visits every row in the order of the file. */
export async function eachRow(
  table: InputTable,
  wanted: readonly WantedColumn[],
  visit: (row: InputRow) => void,
): Promise<void> {
  for await (const piece of table.pieces(wanted)) piece.each(visit);
}
