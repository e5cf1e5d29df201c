import { Command } from 'commander';
import { z } from 'zod';
import { readSeries } from '#adapters/local/series/read-series.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { untilInterrupted } from '#cli/context/interruption.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { count, levelList, path, seasonList } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { forecastFile } from '#cli/work/forecast-file.ts';

const DECILES = '0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9';

const options = z.object({
  ...commonOptions,
  horizon: count,
  season: seasonList.optional(),
  levels: z.string().default(DECILES).pipe(levelList),
  windows: z.string().default('1').pipe(count),
  refit: z.string().default('1').pipe(count),
  step: count.optional(),
  out: path,
  workers: count.optional(),
  candidates: path.optional(),
});

/** `foreprint forecast`: trains a model per series and forecasts. */
export function forecastCommand(context: CommandContext): Command {
  return withCommonOptions(new Command('forecast'))
    .description('trains every series of a file with cross-validation and forecasts it')
    .argument('<series>', 'series file: unique_id, ds, y (CSV, CSV.gz or Parquet)')
    .requiredOption('--horizon <n>', 'steps to forecast')
    .option(
      '--season <list>',
      'season lengths in steps, e.g. 288,2016 (default: a day, a week, or what the series shows)',
    )
    .option('--levels <list>', `quantile levels (default ${DECILES})`)
    .option(
      '--windows <w>',
      'w > 1: rolling origins, w windows that end at the last observation (default 1: the future)',
    )
    .option('--refit <k>', 'train again every k windows (default 1)')
    .option('--step <n>', 'step in seconds, or in units of an integer ds (default: inferred)')
    .requiredOption('--out <file>', 'the forecasts (.csv, .csv.gz or .parquet)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--candidates <dir>', 'ONNX files of your own that compete (see docs/candidates.md)')
    .action((file: string, rawOptions: unknown) =>
      runForecast(context, file, parseOptions(options, rawOptions)),
    );
}

async function runForecast(
  context: CommandContext,
  file: string,
  parsed: z.output<typeof options>,
): Promise<void> {
  const { signal } = context;
  await withOutputs({ json: parsed.json }, async (outputs) => {
    const summary = await withProgress(context, parsed, async (progress) => {
      progress.start('Reading the series', null);
      const source = await untilInterrupted(signal, readSeries(file));
      const run = { ...parsed, seasons: parsed.season, signal, progress };
      const forecast = await forecastFile(source, run);
      forecast.remarks.forEach((remark) => progress.note(remark));
      return forecast;
    });
    await outputs.json?.write(jsonText(summary));
    const models = Object.entries(summary.models).map(([model, windows]) => `${model} ${windows}`);
    const windows = models.join(', ') || 'none';
    context.print(`${parsed.out}: ${summary.rows} rows; windows by model: ${windows}`);
  });
}
