import { readPieces } from '#adapters/local/tables/read-rows.ts';
import type { RequestedColumn } from '#adapters/local/tables/requested-column.ts';
import type { DsKind } from './series-file.ts';
import { timeTextLike, type TimeText } from './time-text.ts';
import { withSeriesTable, type SeriesTable } from './with-series-table.ts';

/** One row of a series file; the fields are those of `SeriesFile`. */
export interface SeriesRow {
  readonly id: string;
  readonly ds: number;
  readonly dsText: string;
  /** NaN if the cell is empty. */
  readonly y: number;
}

export interface SeriesStream {
  readonly dsKind: DsKind;
  /** Some thousand rows at a time, in file order. A row is only valid until the next one. */
  pieces(): AsyncIterable<(visit: (row: SeriesRow) => void) => void>;
}

/**
 * Runs work on the rows of a series file without loading all of them into memory; see
 * `withSeriesTable`.
 * @throws InputError that names file, row, column and the fault, when that row is reached.
 */
export async function streamSeries<T>(
  path: string,
  work: (series: SeriesStream) => Promise<T>,
): Promise<T> {
  return withSeriesTable(path, async (series) => {
    // One reader consumes the rows; more DuckDB threads would only wait for it, which costs CPU.
    await series.connection.run('SET threads = 1');
    return work({ dsKind: series.dsKind, pieces: () => piecesOf(series) });
  });
}

async function* piecesOf(
  series: SeriesTable,
): AsyncGenerator<(visit: (row: SeriesRow) => void) => void, void, undefined> {
  const { textOf, expectedSql } = dsTextOf(series);
  const columns: readonly RequestedColumn[] = [
    { ...series.uniqueId, kind: 'text', expectedSql: (id) => `lag(${id}) OVER ()` },
    { ...series.ds, kind: series.dsKind },
    { ...series.y, kind: 'number' },
    { ...series.dsText, kind: 'optional-text', ...(expectedSql && { expectedSql }) },
  ];
  const row = { id: '', ds: 0, dsText: '', y: NaN };
  for await (const piece of readPieces(series.connection, series.table, columns)) {
    yield (visit) =>
      piece.each((cells) => {
        row.id = cells.text(0) ?? row.id;
        row.ds = cells.number(1);
        row.y = cells.number(2);
        row.dsText = cells.text(3) ?? textOf(row.ds);
        visit(row);
      });
  }
}

/**
 * How to get the text of `ds`: if the file uses a common format, the text is computed from the
 * value; otherwise it is fetched.
 */
function dsTextOf({ ds, dsKind, firstDs }: SeriesTable): {
  readonly textOf: (ds: number) => string;
  readonly expectedSql: ((text: string) => string) | null;
} {
  if (dsKind === 'integer') {
    const whole = (text: string) => `try_cast(${text} AS BIGINT)`;
    // Larger whole numbers cannot be represented exactly.
    const expectedSql = (text: string) =>
      `CASE WHEN length(${text}) < 16 THEN ${whole(text)}::VARCHAR END`;
    return { textOf: String, expectedSql };
  }
  if (/^(TIMESTAMP|DATE)/.test(ds.type)) {
    const { text, length } = timeTextLike(
      `2000-01-01T00:00:00${ds.type.endsWith('ZONE') ? 'Z' : ''}`,
    )!;
    return {
      textOf: text,
      expectedSql: (shown) => `CASE WHEN length(${shown}) = ${length} THEN ${shown} END`,
    };
  }
  const likely = timeTextLike(firstDs ?? '');
  if (likely === null) return { textOf: String, expectedSql: null };
  return { textOf: likely.text, expectedSql: (text) => writtenLike(likely, text) };
}

const writtenLike = ({ format, length }: TimeText, text: string): string =>
  `CASE WHEN length(${text}) = ${length} THEN strftime(try_cast(${text} AS TIMESTAMPTZ), '${format}') END`;
