import type { RequestedColumn } from '#adapters/local/tables/requested-column.ts';
import { readRows } from '#adapters/local/tables/read-rows.ts';
import type { SeriesFile } from './series-file.ts';
import { withSeriesTable, type SeriesTable } from './with-series-table.ts';

/**
 * Reads a whole series file; see `withSeriesTable`.
 * @throws InputError that names file, row, column and the fault.
 */
export async function readSeries(path: string): Promise<SeriesFile> {
  return withSeriesTable(path, readTable);
}

async function readTable(series: SeriesTable): Promise<SeriesFile> {
  const { connection, table, dsKind } = series;
  const columns: readonly RequestedColumn[] = [
    { ...series.uniqueId, kind: 'text' },
    { ...series.ds, kind: dsKind },
    { ...series.y, kind: 'number' },
    { ...series.dsText, kind: 'text' },
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
      if (index === indexOf.size) indexOf.set(id, index);
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
