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
import { readRows } from '#adapters/local/tables/read-rows.ts';
import { tableError } from '#adapters/local/tables/table-error.ts';
import type { WantedColumn } from '#adapters/local/tables/wanted-column.ts';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import type { DsKind, SeriesFile } from './series-file.ts';

/**
 * Reads a series file (CSV, CSV.gz, Parquet with unique_id, ds, y). `ds` is a time (ISO 8601, a blank instead of the T
 * is fine) or, if its first value is one, a whole number.
 * @throws InputError naming file, row, column and what is wrong.
 */
export async function readSeries(path: string): Promise<SeriesFile> {
  const kind = await inputKind(path);
  if (kind === 'directory') throw new InputError({ file: path, problem: 'is a directory' });
  return withDuckdb(async (connection) => {
    const table =
      kind === 'parquet'
        ? await parquetTable(connection, path)
        : await csvTable(path, { delimiter: ',', gzip: kind === 'csv.gz' });
    const ds = requireColumn(table, 'ds');
    return readTable(connection, table, await dsKindOf(connection, table, ds));
  });
}

async function readTable(
  connection: DuckDBConnection,
  table: InputTable,
  dsKind: DsKind,
): Promise<SeriesFile> {
  const ds = requireColumn(table, 'ds');
  const columns: readonly WantedColumn[] = [
    { ...requireColumn(table, 'unique_id'), kind: 'text' },
    { ...ds, kind: dsKind },
    { ...requireColumn(table, 'y'), kind: 'number' },
    { name: 'ds', cell: shownDs(ds), type: 'VARCHAR', kind: 'text' },
  ];
  const indexOf = new Map<string, number>();
  const rows = {
    idIndex: [] as number[],
    ds: [] as number[],
    dsText: [] as string[],
    y: [] as number[],
  };
  await readRows(connection, table, {
    columns,
    visit(row) {
      const id = row.text(0)!;
      const index = indexOf.get(id) ?? indexOf.size;
      indexOf.set(id, index);
      rows.idIndex.push(index);
      rows.ds.push(row.number(1));
      rows.y.push(row.number(2));
      rows.dsText.push(row.text(3)!);
    },
  });
  return {
    source: table.file,
    dsKind,
    ids: [...indexOf.keys()],
    idIndex: Int32Array.from(rows.idIndex),
    ds: Float64Array.from(rows.ds),
    dsText: rows.dsText,
    y: Float64Array.from(rows.y),
  };
}

/** The first value that is there decides. */
async function dsKindOf(
  connection: DuckDBConnection,
  { file, from }: InputTable,
  { cell, type }: TableColumn,
): Promise<DsKind> {
  if (type !== 'VARCHAR') return /INT/.test(type) ? 'integer' : 'time';
  const sql = `SELECT trim(${cell}) AS ds FROM ${from} WHERE ${cell} IS NOT NULL LIMIT 1`;
  const found = await connection
    .runAndReadAll(sql)
    .catch((cause: unknown) => Promise.reject(tableError(file, cause)));
  const first = found.getRowObjectsJson()[0]?.['ds'];
  return typeof first === 'string' && /^[+-]?\d+$/.test(first) ? 'integer' : 'time';
}

function shownDs({ cell, type }: TableColumn): string {
  if (!/^(TIMESTAMP|DATE)/.test(type)) return `${cell}::VARCHAR`;
  const zone = type.endsWith('ZONE') ? 'Z' : '';
  return `strftime(${cell}, '%Y-%m-%dT%H:%M:%S${zone}')`;
}
