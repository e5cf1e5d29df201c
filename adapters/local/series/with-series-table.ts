import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '#adapters/local/input-error.ts';
import { inputKind } from '#adapters/local/tables/input-file.ts';
import {
  csvTable,
  parquetTable,
  requireColumn,
  type InputTable,
  type TableColumn,
} from '#adapters/local/tables/input-table.ts';
import { tableError } from '#adapters/local/tables/table-error.ts';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import type { DsKind } from './series-file.ts';

/** A series file whose header was read. */
export interface SeriesTable {
  readonly connection: DuckDBConnection;
  readonly table: InputTable;
  readonly uniqueId: TableColumn;
  readonly ds: TableColumn;
  /** `ds` as text. */
  readonly dsText: TableColumn;
  readonly y: TableColumn;
  readonly dsKind: DsKind;
  /** The first `ds` as written in the file; null if there is none or its column is typed. */
  readonly firstDs: string | null;
}

/**
 * Runs work on a series file (CSV, CSV.gz, Parquet with unique_id, ds, y). `ds` is a time (ISO
 * 8601; a space instead of the T is accepted), or a whole number if its first value is one.
 * @throws InputError if the file is not a series file.
 */
export async function withSeriesTable<T>(
  path: string,
  work: (series: SeriesTable) => Promise<T>,
): Promise<T> {
  const kind = await inputKind(path);
  if (kind === 'directory') throw new InputError({ file: path, problem: 'is a directory' });
  return withDuckdb(async (connection) => {
    const table =
      kind === 'parquet'
        ? await parquetTable(connection, path)
        : await csvTable(path, { delimiter: ',', gzip: kind === 'csv.gz' });
    const ds = requireColumn(table, 'ds');
    const firstDs = ds.type === 'VARCHAR' ? await firstOf(connection, table, ds) : null;
    return work({
      connection,
      table,
      uniqueId: requireColumn(table, 'unique_id'),
      ds,
      dsText: { name: 'ds', cell: shownDs(ds), type: 'VARCHAR' },
      y: requireColumn(table, 'y'),
      dsKind: dsKindOf(ds, firstDs),
      firstDs,
    });
  });
}

/** The first value that is not empty decides. */
function dsKindOf({ type }: TableColumn, first: string | null): DsKind {
  if (type !== 'VARCHAR') return /INT/.test(type) ? 'integer' : 'time';
  return first !== null && /^[+-]?\d+$/.test(first) ? 'integer' : 'time';
}

async function firstOf(
  connection: DuckDBConnection,
  { file, from }: InputTable,
  { cell }: TableColumn,
): Promise<string | null> {
  const sql = `SELECT trim(${cell}) AS ds FROM ${from} WHERE ${cell} IS NOT NULL LIMIT 1`;
  const result = await connection
    .runAndReadAll(sql)
    .catch((cause: unknown) => Promise.reject(tableError(file, cause)));
  const first = result.getRowObjectsJson()[0]?.['ds'];
  return typeof first === 'string' ? first : null;
}

function shownDs({ cell, type }: TableColumn): string {
  if (!/^(TIMESTAMP|DATE)/.test(type)) return `${cell}::VARCHAR`;
  const zone = type.endsWith('ZONE') ? 'Z' : '';
  return `strftime(${cell}, '%Y-%m-%dT%H:%M:%S${zone}')`;
}
