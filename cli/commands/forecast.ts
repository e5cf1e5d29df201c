import { Command } from 'commander';
import { z } from 'zod';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { TableWriter } from '#adapters/local/tables/table-writer.ts';
import type { CommandContext } from '#cli/command-context.ts';
import { forecastColumns, forecastRows } from '#cli/forecast/forecast-rows.ts';
import { planForecasts, type PlannedForecast } from '#cli/forecast/plan-forecasts.ts';
import { untilInterrupted } from '#cli/interruption.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { count, levelList, path, seasonList } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { eachInParallel } from '#cli/work/each-in-parallel.ts';
import type { SeriesForecast } from '#cli/work/forecast-task.ts';
import { withWorkerPool } from '#cli/work/worker-pool.ts';
import type { RegularSeries } from '#models/series.ts';

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
});

/** `foreprint forecast`: trains per series and forecasts. */
export function forecastCommand(context: CommandContext): Command {
  return withCommonOptions(new Command('forecast'))
    .description('trains every series of a file with cross-validation and forecasts it')
    .argument('<series>', 'series file: unique_id, ds, y (CSV, CSV.gz or Parquet)')
    .requiredOption('--horizon <n>', 'steps to forecast')
    .option('--season <list>', 'season lengths in steps, e.g. 288,2016 (default: a day, a week)')
    .option('--levels <list>', `quantile levels (default ${DECILES})`)
    .option('--windows <w>', 'w > 1: w windows that end at the last observation (default 1: ahead)')
    .option('--refit <k>', 'train anew every k windows (default 1)')
    .option('--step <n>', 'step in seconds, or in units of an integer ds (default: inferred)')
    .requiredOption('--out <file>', 'the forecasts (.csv, .csv.gz or .parquet)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .action((file: string, given: unknown) =>
      runForecast(context, file, parseOptions(options, given)),
    );
}

interface Summary {
  rows: number;
  readonly models: Record<string, number>;
  readonly remarks: string[];
}

async function runForecast(
  context: CommandContext,
  file: string,
  given: z.output<typeof options>,
): Promise<void> {
  const { signal } = context;
  const summary: Summary = { rows: 0, models: {}, remarks: [] };
  await withOutputs({ json: given.json }, async (outputs) => {
    await withProgress(context, given, async (progress) => {
      progress.start('Reading the series', null);
      const source = await untilInterrupted(signal, readSeries(file));
      await forecastFile(context, { source, given, progress, summary });
      summary.remarks.forEach((remark) => progress.note(remark));
    });
    await outputs.json?.write(jsonText(summary));
  });
  const models = Object.entries(summary.models).map(([model, windows]) => `${model} ${windows}`);
  context.print(`${given.out}: ${summary.rows} rows; windows by model: ${models.join(', ')}`);
}

interface ForecastRun {
  readonly source: SeriesFile;
  readonly given: z.output<typeof options>;
  readonly progress: Progress;
  readonly summary: Summary;
}

async function forecastFile(
  { signal }: CommandContext,
  { source, given, progress, summary }: ForecastRun,
): Promise<void> {
  const { levels, workers } = given;
  const named = regularSeries(source, given.step);
  const { forecasts, remarks } = planForecasts(named, { ...given, seasons: given.season });
  summary.remarks.push(...remarks);
  const wholeSeries = new Map(named.map(({ id, series }) => [id, series]));
  await withTable(given.out, forecastColumns(levels, source), (write) =>
    withWorkerPool({ signal, workers }, async (pool) => {
      progress.start('Forecasting', forecasts.length);
      const take = createTaker({ source, write, wholeSeries, levels: levels.length, summary });
      await eachInParallel(
        forecasts,
        { width: pool.size + 1, work: ({ job }) => pool.run<SeriesForecast>('forecast', job) },
        async (result, index) => {
          await take(forecasts[index]!, result);
          progress.update(index + 1);
        },
      );
    }),
  );
}

/** Writes what comes back from the workers and keeps count. */
function createTaker(to: {
  readonly source: SeriesFile;
  readonly write: TableWriter['write'];
  readonly wholeSeries: ReadonlyMap<string, RegularSeries>;
  readonly levels: number;
  readonly summary: Summary;
}): (planned: PlannedForecast, result: SeriesForecast) => Promise<void> {
  const { summary } = to;
  return async ({ id, job }, { model, quantiles, reason }) => {
    if (reason !== null) summary.remarks.push(`series ${id}: ${reason}`);
    summary.models[model] = (summary.models[model] ?? 0) + quantiles.length;
    const series = to.wholeSeries.get(id)!;
    for (const [k, origin] of job.origins.entries()) {
      const window = { id, series, origin, model, quantiles: quantiles[k]! };
      for (const row of forecastRows(to.source, window, to.levels)) {
        await to.write(row);
        summary.rows++;
      }
    }
  };
}
