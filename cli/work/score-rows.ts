import { dsColumnType } from '#adapters/local/series/ds-column.ts';
import type { SeriesStream } from '#adapters/local/series/stream-series.ts';
import { csvCell } from '#adapters/local/tables/csv-line.ts';
import type { OutputColumn, TableWriter } from '#adapters/local/tables/table-writer.ts';
import { Interruption } from '#cli/context/interruption.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { createSeriesScorer, type SeriesScorer } from '#core/detection/metric/score-series.ts';

export interface ScoreSummary {
  readonly rows: number;
  readonly series: number;
  /** Rows with a score above 0. */
  readonly strange: number;
}

/** Columns of the file of scores. */
export function scoreColumns({
  dsKind,
  firstDs,
}: Pick<SeriesStream, 'dsKind' | 'firstDs'>): readonly OutputColumn[] {
  const numbers = ['y', 'anomaly_score', 'lower', 'upper'] as const;
  return [
    { name: 'unique_id', type: 'text' },
    { name: 'ds', type: dsColumnType(dsKind, firstDs) },
    ...numbers.map((name) => ({ name, type: 'number' }) as const),
  ];
}

/** Whole numbers in `ds` count steps of unknown length; they are taken as five minutes. */
const SECONDS_PER_NUMBER = 300;

interface ScoredSeries {
  readonly id: string;
  /** The identifier as a CSV cell. */
  readonly cell: string;
  readonly scorer: SeriesScorer;
}

/**
 * Writes one row per input row in the same order. Every series has its own scorer. Only a few
 * thousand rows and the scorers are in memory at a time.
 */
export async function scoreRows(
  source: SeriesStream,
  to: {
    readonly writeLines: TableWriter['writeLines'];
    readonly progress: Progress;
    readonly signal: AbortSignal;
  },
): Promise<ScoreSummary> {
  const unit = source.dsKind === 'integer' ? SECONDS_PER_NUMBER : 1;
  const all = new Map<string, ScoredSeries>();
  let current: ScoredSeries | null = null;
  let [rows, strange] = [0, 0];
  for await (const each of source.pieces()) {
    let lines = '';
    each(({ id, ds, dsText, y }) => {
      if (current?.id !== id) current = seriesOf(all, id);
      const { score, lower, upper } = current.scorer.score(unit * ds, y);
      if (score > 0) strange++;
      rows++;
      lines += `${current.cell},${csvCell(dsText)},${csvCell(y)},${score},${csvCell(lower)},${csvCell(upper)}\n`;
    });
    await to.writeLines(lines);
    to.progress.update(rows);
    if (to.signal.aborted) throw new Interruption();
  }
  return { rows, series: all.size, strange };
}

function seriesOf(all: Map<string, ScoredSeries>, id: string): ScoredSeries {
  const existing = all.get(id);
  if (existing !== undefined) return existing;
  const added = { id, cell: csvCell(id), scorer: createSeriesScorer() };
  all.set(id, added);
  return added;
}
