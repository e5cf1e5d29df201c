import { cellBudget } from '#adapters/local/tables/cell-budget.ts';
import { eachRow } from '#adapters/local/tables/input-table.ts';
import type { SeriesFile } from './series-file.ts';
import { seriesRow, withSeriesTable, type SeriesTable } from './with-series-table.ts';

/** Fewer than a trace may have, because the text of every `ds` is kept. */
const MOST_CELLS = 30e6;

/**
 * Reads a whole series file; see `withSeriesTable`.
 * @throws InputError that names file, line, column and the fault.
 */
export async function readSeries(path: string): Promise<SeriesFile> {
  return withSeriesTable(path, readTable);
}

async function readTable({ table, columns, dsKind }: SeriesTable): Promise<SeriesFile> {
  const indexOf = new Map<string, number>();
  const rows = {
    idIndex: [] as number[],
    ds: [] as number[],
    dsText: [] as string[],
    y: [] as number[],
  };
  await eachRow(table, { columns, budget: cellBudget(MOST_CELLS) }, (cells) => {
    const { id, ds, dsText, y } = seriesRow(cells);
    const index = indexOf.get(id) ?? indexOf.size;
    if (index === indexOf.size) indexOf.set(id, index);
    rows.idIndex.push(index);
    rows.ds.push(ds);
    rows.y.push(y);
    rows.dsText.push(dsText);
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
