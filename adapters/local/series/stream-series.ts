import { readPieces } from '#adapters/local/tables/read-rows.ts';
import type { WantedColumn } from '#adapters/local/tables/wanted-column.ts';
import type { DsKind } from './series-file.ts';
import { timeTextLike, type TimeText } from './time-text.ts';
import { withSeriesTable, type SeriesTable } from './with-series-table.ts';

/** One row of a series file, in the words of `SeriesFile`. */
export interface SeriesRow {
  readonly id: string;
  readonly ds: number;
  readonly dsText: string;
  /** NaN where the cell is empty. */
  readonly y: number;
}

export interface SeriesStream {
  readonly dsKind: DsKind;
  /** Some thousand rows at a time, in the order of the file. Each row is only valid until the next one. */
  pieces(): AsyncIterable<(visit: (row: SeriesRow) => void) => void>;
}

/**
 * Runs work on the rows of a series file without holding them in memory; see `withSeriesTable`.
 * @throws InputError naming file, row, column and what is wrong, when that row is reached.
 */
export async function streamSeries<T>(
  path: string,
  work: (series: SeriesStream) => Promise<T>,
): Promise<T> {
  return withSeriesTable(path, async (series) => {
    // More threads than one reader of the rows keeps busy wait for it, and waiting costs as much as working.
    await series.connection.run('SET threads = 1');
    return work({ dsKind: series.dsKind, pieces: () => piecesOf(series) });
  });
}

async function* piecesOf(
  series: SeriesTable,
): AsyncGenerator<(visit: (row: SeriesRow) => void) => void, void, undefined> {
  const { known, unless } = dsTextOf(series);
  const columns: readonly WantedColumn[] = [
    { ...series.uniqueId, kind: 'text', unless: (id) => `lag(${id}) OVER ()` },
    { ...series.ds, kind: series.dsKind },
    { ...series.y, kind: 'number' },
    { ...series.dsText, kind: 'optional-text', ...(unless && { unless }) },
  ];
  const row = { id: '', ds: 0, dsText: '', y: NaN };
  for await (const piece of readPieces(series.connection, series.table, columns)) {
    yield (visit) =>
      piece.each((cells) => {
        row.id = cells.text(0) ?? row.id;
        row.ds = cells.number(1);
        row.y = cells.number(2);
        row.dsText = cells.text(3) ?? known(row.ds);
        visit(row);
      });
  }
}

/** Where `ds` is written in a usual way its text is made from its value; elsewhere it is fetched. */
function dsTextOf({ ds, dsKind, firstDs }: SeriesTable): {
  readonly known: (ds: number) => string;
  readonly unless: ((text: string) => string) | null;
} {
  if (dsKind === 'integer') {
    const whole = (text: string) => `try_cast(${text} AS BIGINT)`;
    // Larger ones are no exact numbers here.
    const unless = (text: string) =>
      `CASE WHEN length(${text}) < 16 THEN ${whole(text)}::VARCHAR END`;
    return { known: String, unless };
  }
  if (/^(TIMESTAMP|DATE)/.test(ds.type)) {
    const { text, length } = timeTextLike(
      `2000-01-01T00:00:00${ds.type.endsWith('ZONE') ? 'Z' : ''}`,
    )!;
    return {
      known: text,
      unless: (shown) => `CASE WHEN length(${shown}) = ${length} THEN ${shown} END`,
    };
  }
  const likely = timeTextLike(firstDs ?? '');
  if (likely === null) return { known: String, unless: null };
  return { known: likely.text, unless: (text) => writtenLike(likely, text) };
}

const writtenLike = ({ format, length }: TimeText, text: string): string =>
  `CASE WHEN length(${text}) = ${length} THEN strftime(try_cast(${text} AS TIMESTAMPTZ), '${format}') END`;
