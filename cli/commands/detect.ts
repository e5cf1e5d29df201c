import { Command } from 'commander';
import { z } from 'zod';
import { readSeries } from '#adapters/local/series/read-series.ts';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { TableWriter } from '#adapters/local/tables/table-writer.ts';
import { createSeriesScorer, type SeriesScorer } from '#core/detect/score-series.ts';
import type { CommandContext } from '#cli/command-context.ts';
import { Interruption, untilInterrupted } from '#cli/interruption.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { path } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import type { Progress } from '#cli/progress/progress.ts';

const options = z.object({ ...commonOptions, out: path });

/** `foreprint detect`: an anomaly score for every point, in one pass. */
export function detectCommand(context: CommandContext): Command {
  return withCommonOptions(new Command('detect'))
    .description('scores every point of a series file, in one pass, seeing only the past')
    .argument('<series>', 'series file: unique_id, ds, y (CSV, CSV.gz or Parquet)')
    .requiredOption('--out <file>', 'the scores (.csv, .csv.gz or .parquet)')
    .action((file: string, given: unknown) =>
      runDetect(context, file, parseOptions(options, given)),
    );
}

interface Summary {
  readonly rows: number;
  readonly series: number;
  /** Rows with a score above 0. */
  readonly strange: number;
}

async function runDetect(
  context: CommandContext,
  file: string,
  { json, quiet, out }: z.output<typeof options>,
): Promise<void> {
  const { signal } = context;
  await withOutputs({ json }, async (outputs) => {
    const summary = await withProgress(context, { quiet }, async (progress) => {
      progress.start('Reading the series', null);
      const source = await untilInterrupted(signal, readSeries(file));
      return withTable(out, columnsOf(source), (write) =>
        scoreRows(source, { write, progress, signal }),
      );
    });
    await outputs.json?.write(jsonText(summary));
    context.print(
      `${out}: ${summary.rows} rows of ${summary.series} series; ${summary.strange} begin or surpass an episode`,
    );
  });
}

function columnsOf({ dsKind }: SeriesFile) {
  const numbers = ['y', 'anomaly_score', 'lower', 'upper'] as const;
  return [
    { name: 'unique_id', type: 'text' },
    { name: 'ds', type: dsKind === 'time' ? 'time' : 'number' },
    ...numbers.map((name) => ({ name, type: 'number' }) as const),
  ] as const;
}

/** Rows between two looks at the clock. */
const PROGRESS_ROWS = 1 << 14;

/** One row per input row in their order; every series has a scorer of its own. */
async function scoreRows(
  source: SeriesFile,
  to: {
    readonly write: TableWriter['write'];
    readonly progress: Progress;
    readonly signal: AbortSignal;
  },
): Promise<Summary> {
  const { ids, idIndex, ds, dsText, y } = source;
  const scorers: readonly SeriesScorer[] = ids.map(() => createSeriesScorer());
  to.progress.start('Scoring rows', y.length);
  let strange = 0;
  for (let row = 0; row < y.length; row++) {
    const series = idIndex[row]!;
    const { score, lower, upper } = scorers[series]!.score(ds[row]!, y[row]!);
    if (score > 0) strange++;
    await to.write([ids[series]!, dsText[row]!, y[row]!, score, lower, upper]);
    if (row % PROGRESS_ROWS === 0) to.progress.update(row);
    if (to.signal.aborted) throw new Interruption();
  }
  return { rows: y.length, series: ids.length, strange };
}
