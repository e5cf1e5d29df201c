import { regularSeries, type NamedSeries } from '#adapters/local/series/regular-series.ts';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { TableWriter } from '#adapters/local/tables/table-writer.ts';
import { withTable } from '#cli/output/with-table.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { eachInParallel } from '#cli/workers/each-in-parallel.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import { trainingOf, type SeriesForecast } from '#tasks/forecast-job.ts';
import { planForecasts, type ForecastPlan, type PlannedForecast } from '#tasks/plan-forecasts.ts';
import { forecastColumns, forecastRows } from './forecast-rows.ts';
import { withCandidates } from './open-candidates.ts';

/** Number of forecast rows, and number of windows by model. */
export interface ForecastSummary {
  rows: number;
  readonly models: Record<string, number>;
  readonly remarks: string[];
}

export interface ForecastRun extends ForecastPlan {
  readonly out: string;
  /** Step in units of `ds`, inferred if undefined. */
  readonly step?: number | undefined;
  readonly workers?: number | undefined;
  /** Directory of candidate model files. */
  readonly candidates?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Forecasts every series of a file in a worker pool and writes the rows in file order. */
export async function forecastFile(source: SeriesFile, run: ForecastRun): Promise<ForecastSummary> {
  const { levels, progress } = run;
  const { series: named, remarks: found } = regularSeries(source, run.step);
  const { forecasts, remarks } = planForecasts(named, run);
  const summary: ForecastSummary = { rows: 0, models: {}, remarks: [...found, ...remarks] };
  const note = (message: string) => progress.note(message);
  const wholeSeries = new Map(named.map((series) => [series.id, series]));
  await withTable(run.out, forecastColumns(levels, source), (write) =>
    withCandidates({ directory: run.candidates, note }, (candidates) =>
      withWorkerPool(run, async (pool) => {
        progress.start('Forecasting', forecasts.length);
        const writeForecast = createForecastWriter({
          write,
          wholeSeries,
          levels: levels.length,
          summary,
        });
        const work = async ({ job }: PlannedForecast): Promise<SeriesForecast> => {
          const external = await candidates.competing({ ...trainingOf(job), measure: null });
          return pool.run('forecast', { ...job, external });
        };
        await eachInParallel(forecasts, { width: pool.size + 1, work }, async (result, index) => {
          await writeForecast(forecasts[index]!, result);
          progress.update(index + 1);
        });
      }),
    ),
  );
  return summary;
}

/** Returns a function that writes the forecasts of the workers and updates the summary. */
function createForecastWriter(to: {
  readonly write: TableWriter['write'];
  readonly wholeSeries: ReadonlyMap<string, NamedSeries>;
  readonly levels: number;
  readonly summary: ForecastSummary;
}): (planned: PlannedForecast, result: SeriesForecast) => Promise<void> {
  const { summary } = to;
  return async ({ id, job }, { model, quantiles, reason }) => {
    if (reason !== null) summary.remarks.push(`series ${id}: ${reason}`);
    summary.models[model] = (summary.models[model] ?? 0) + quantiles.length;
    const whole = to.wholeSeries.get(id)!;
    for (const [k, origin] of job.origins.entries()) {
      const window = { whole, origin, model, quantiles: quantiles[k]! };
      for (const row of forecastRows(window, to.levels)) {
        await to.write(row);
        summary.rows++;
      }
    }
  };
}
