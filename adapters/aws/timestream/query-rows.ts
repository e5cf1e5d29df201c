import {
  QueryCommand,
  ValidationException,
  type ColumnInfo,
  type Datum,
} from '@aws-sdk/client-timestream-query';
import type { TimestreamTable } from './timestream-table.ts';

/** A cell as Timestream returns it: text for every column type, null, or a list of texts. */
export type Cell = string | null | readonly string[];
export type QueryRow = Readonly<Record<string, Cell>>;

/** All rows of an answer and the names of its columns. */
export interface QueryAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly QueryRow[];
}

/** Timestream cannot answer a query. */
export class HistoryReadError extends Error {
  constructor(location: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`${location} cannot be read: ${reason}`, { cause });
    this.name = 'HistoryReadError';
  }
}

/** A table only has columns for measures of stored records: an empty table has none. */
const UNKNOWN_COLUMN = /column '?"?[\w.]+"?'? (does not exist|cannot be resolved)/i;

/**
 * All rows of a query, all pages (a page may be empty while the query runs). Null if the query
 * names a column that no record of the table has had yet.
 * @throws HistoryReadError for every other error of Timestream.
 */
export async function queryAnswer(
  { query, database, table }: TimestreamTable,
  sql: string,
): Promise<QueryAnswer | null> {
  const rows: QueryRow[] = [];
  let columns: readonly ColumnInfo[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await query.send(
        new QueryCommand({ QueryString: sql, ...(next !== undefined && { NextToken: next }) }),
      );
      columns = page.ColumnInfo ?? columns;
      for (const { Data } of page.Rows ?? []) rows.push(rowOf(columns, Data ?? []));
      next = page.NextToken;
    } while (next !== undefined);
  } catch (cause) {
    if (cause instanceof ValidationException && UNKNOWN_COLUMN.test(cause.message)) return null;
    throw new HistoryReadError(`timestream:${database}.${table}`, cause);
  }
  return { columns: columns.map(({ Name }) => Name ?? ''), rows };
}

/**
 * The rows of a query; empty if the table has no record yet.
 * @throws HistoryReadError
 */
export async function queryRows(table: TimestreamTable, sql: string): Promise<readonly QueryRow[]> {
  return (await queryAnswer(table, sql))?.rows ?? [];
}

function rowOf(columns: readonly ColumnInfo[], data: readonly Datum[]): QueryRow {
  return Object.fromEntries(columns.map(({ Name }, k) => [Name ?? `column ${k}`, cellOf(data[k])]));
}

function cellOf(datum: Datum | undefined): Cell {
  if (datum?.ArrayValue) return datum.ArrayValue.map((element) => element.ScalarValue ?? '');
  return datum?.ScalarValue ?? null;
}
