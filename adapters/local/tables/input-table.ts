import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '#adapters/local/input-error.ts';
import { tableError } from './table-error.ts';
import { readHeader } from './read-header.ts';
import { sqlName, sqlText } from './sql-text.ts';

export interface TableColumn {
  /** Column name as users know it, in lower case. */
  readonly name: string;
  /** SQL expression of the cell. */
  readonly cell: string;
  /** DuckDB's type; VARCHAR for every column of a CSV file. */
  readonly type: string;
}

/** A file as a table that DuckDB can read, with all rows in file order. */
export interface InputTable {
  readonly file: string;
  /** SQL after FROM. */
  readonly from: string;
  readonly columns: readonly TableColumn[];
}

/** @throws InputError if the header cannot be read. */
export async function csvTable(
  file: string,
  format: { readonly delimiter: string; readonly gzip: boolean },
): Promise<InputTable> {
  const names = await readHeader(file, format);
  // Uses generated names, because the names in the file may be any text.
  const columns = names.map((name, at) => ({
    name: name.toLowerCase(),
    cell: `c${at}`,
    type: 'VARCHAR',
  }));
  const types = columns.map(({ cell }) => `${cell}: 'VARCHAR'`).join(', ');
  const from = `read_csv(${sqlText(file)}, auto_detect = false, header = true, delim = ${sqlText(format.delimiter)},
    quote = '"', escape = '"', nullstr = '', columns = {${types}}${format.gzip ? ", compression = 'gzip'" : ''})`;
  return { file, from, columns };
}

/** @throws InputError if the file is not a complete Parquet file. */
export async function parquetTable(
  connection: DuckDBConnection,
  file: string,
): Promise<InputTable> {
  const from = `read_parquet(${sqlText(file)})`;
  const described = await connection
    .runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)
    .catch((cause: unknown) => Promise.reject(tableError(file, cause)));
  const columns = described.getRowObjectsJson().map((row) => ({
    name: String(row['column_name']).trim().toLowerCase(),
    cell: sqlName(String(row['column_name'])),
    type: String(row['column_type']),
  }));
  return { file, from, columns };
}

/** @throws InputError if the table does not have the column. */
export function requireColumn({ file, columns }: InputTable, name: string): TableColumn {
  const column = columns.find((c) => c.name === name);
  if (column) return column;
  const names = columns.map((c) => c.name).join(', ');
  throw new InputError({ file, column: name, problem: `missing; the file has ${names}` });
}
