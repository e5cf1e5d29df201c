import type { RequestedColumn } from '#adapters/local/tables/column-kind.ts';
import { inputKind } from '#adapters/local/tables/input-file.ts';
import {
  requireColumn,
  type InputRow,
  type InputTable,
} from '#adapters/local/tables/input-table.ts';
import { withTable } from '#adapters/local/tables/with-table.ts';
import { timeReader } from '#adapters/local/times/time-reader.ts';
import type { DsKind } from './series-file.ts';

/** A series file whose header was read. */
export interface SeriesTable {
  readonly table: InputTable;
  readonly dsKind: DsKind;
  /** The first `ds` as written in the file; null if it is empty. */
  readonly firstDs: string | null;
  /** Columns to request from the table; `seriesRow` reads them. */
  readonly columns: readonly RequestedColumn[];
}

/** One row of a series file; the fields are those of `SeriesFile`. */
export interface SeriesRow {
  readonly id: string;
  readonly ds: number;
  readonly dsText: string;
  /** NaN if the cell is empty. */
  readonly y: number;
}

/**
 * Runs work on a series file (CSV, CSV.gz, Parquet with unique_id, ds, y). The format of the first
 * `ds` applies to all: times (ISO 8601 and its usual variants, Unix times, dates like 20260131) or
 * whole numbers that count steps.
 * @throws InputError if the file is not a series file.
 */
export async function withSeriesTable<T>(
  path: string,
  work: (series: SeriesTable) => Promise<T>,
): Promise<T> {
  const kind = await inputKind(path);
  return withTable({ file: path, kind }, async (table) => {
    for (const name of ['unique_id', 'ds', 'y']) requireColumn(table, name);
    const firstDs = await table.first('ds');
    const ds = timeReader(firstDs ?? '', { stepNumbers: true });
    return work({
      table,
      dsKind: ds.kind,
      firstDs,
      columns: [
        { name: 'unique_id', kind: 'text' },
        { name: 'ds', kind: ds },
        { name: 'y', kind: 'number' },
      ],
    });
  });
}

/** Reads a row of a table with the columns of a `SeriesTable`. */
export function seriesRow(row: InputRow): SeriesRow {
  return { id: row.text(0)!, ds: row.number(1), dsText: row.text(1)!, y: row.number(2) };
}
