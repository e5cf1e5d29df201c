import { Command } from 'commander';
import { z } from 'zod';
import { streamSeries } from '#adapters/local/series/stream-series.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { path } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { scoreColumns, scoreRows } from '#cli/work/score-rows.ts';

const options = z.object({ ...commonOptions, out: path });

/** `foreprint detect`: an anomaly score for every point, in one pass. */
export function detectCommand(context: CommandContext): Command {
  return withCommonOptions(new Command('detect'))
    .description('scores every point of a series file, in one pass, seeing only the past')
    .argument('<series>', 'series file: unique_id, ds, y (CSV, CSV.gz or Parquet)')
    .requiredOption('--out <file>', 'the scores (.csv, .csv.gz or .parquet)')
    .action((file: string, rawOptions: unknown) =>
      runDetect(context, file, parseOptions(options, rawOptions)),
    );
}

async function runDetect(
  context: CommandContext,
  file: string,
  { json, quiet, out }: z.output<typeof options>,
): Promise<void> {
  const { signal } = context;
  await withOutputs({ json }, async (outputs) => {
    const summary = await withProgress(context, { quiet }, async (progress) => {
      progress.start('Scoring rows', null);
      return streamSeries(file, (source) =>
        withTable(out, scoreColumns(source), (_, writeLines) =>
          scoreRows(source, { writeLines, progress, signal }),
        ),
      );
    });
    await outputs.json?.write(jsonText(summary));
    context.print(
      `${out}: ${summary.rows} rows of ${summary.series} series; ${summary.strange} have a score above 0`,
    );
  });
}
