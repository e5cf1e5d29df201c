import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api';

export type Row = Readonly<Record<string, Json>>;
export type Values = Record<string, DuckDBValue>;

/** Rows of a query on a connection; 64-bit integers are returned as text. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  values?: Values,
): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql, values)).getRowObjectsJson();
}
