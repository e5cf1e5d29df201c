import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { OutputColumn, TableWriter } from '#adapters/local/tables/table-writer.ts';
import { createSeriesScorer, type SeriesScorer } from '#core/detect/score-series.ts';
import { Interruption } from '#cli/interruption.ts';
import type { Progress } from '#cli/progress/progress.ts';

export interface ScoreSummary {
  readonly rows: number;
  readonly series: number;
  /** Rows with a score above 0. */
  readonly strange: number;
}

/** Columns of the file of scores. */
export function scoreColumns({ dsKind }: SeriesFile): readonly OutputColumn[] {
  const numbers = ['y', 'anomaly_score', 'lower', 'upper'] as const;
  return [
    { name: 'unique_id', type: 'text' },
    { name: 'ds', type: dsKind === 'time' ? 'time' : 'number' },
    ...numbers.map((name) => ({ name, type: 'number' }) as const),
  ];
}

/** Numbers instead of times count steps; nobody says of what, so of five minutes. */
const SECONDS_PER_NUMBER = 300;
/** Rows between two looks at the clock. */
const PROGRESS_ROWS = 1 << 14;

/** One row per input row in their order; every series has a scorer of its own. */
export async function scoreRows(
  source: SeriesFile,
  to: {
    readonly write: TableWriter['write'];
    readonly progress: Progress;
    readonly signal: AbortSignal;
  },
): Promise<ScoreSummary> {
  const { ids, idIndex, ds, dsKind, dsText, y } = source;
  const unit = dsKind === 'integer' ? SECONDS_PER_NUMBER : 1;
  const scorers: readonly SeriesScorer[] = ids.map(() => createSeriesScorer());
  to.progress.start('Scoring rows', y.length);
  let strange = 0;
  for (let row = 0; row < y.length; row++) {
    const series = idIndex[row]!;
    const { score, lower, upper } = scorers[series]!.score(unit * ds[row]!, y[row]!);
    if (score > 0) strange++;
    await to.write([ids[series]!, dsText[row]!, y[row]!, score, lower, upper]);
    if (row % PROGRESS_ROWS === 0) to.progress.update(row);
    if (to.signal.aborted) throw new Interruption();
  }
  return { rows: y.length, series: ids.length, strange };
}
