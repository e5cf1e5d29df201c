import type { DsKind } from './series-file.ts';
import {
  seriesRow,
  withSeriesTable,
  type SeriesRow,
  type SeriesTable,
} from './with-series-table.ts';

export interface SeriesStream extends Pick<SeriesTable, 'firstDs'> {
  readonly dsKind: DsKind;
  /** Some thousand rows at a time, in file order. */
  pieces(): AsyncIterable<(visit: (row: SeriesRow) => void) => void>;
}

/**
 * Runs work on the rows of a series file without loading all of them into memory; see
 * `withSeriesTable`.
 * @throws InputError that names file, line, column and the fault, when that row is reached.
 */
export async function streamSeries<T>(
  path: string,
  work: (series: SeriesStream) => Promise<T>,
): Promise<T> {
  return withSeriesTable(path, (series) => {
    const { dsKind, firstDs } = series;
    return work({ dsKind, firstDs, pieces: () => piecesOf(series) });
  });
}

async function* piecesOf({
  table,
  columns,
}: SeriesTable): AsyncGenerator<(visit: (row: SeriesRow) => void) => void, void, undefined> {
  for await (const piece of table.pieces(columns)) {
    yield (visit) => piece.each((cells) => visit(seriesRow(cells)));
  }
}
