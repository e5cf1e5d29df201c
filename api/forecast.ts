import { forecastJob, quantileRows } from './forecast-job.ts';
import type { Forecast, ForecastOptions, Series } from './types/series.ts';

/**
 * Trains a series with cross-validation and forecasts what follows it.
 * @throws RangeError for options out of bounds, or a series without any value.
 */
export async function forecast(series: Series, options: ForecastOptions): Promise<Forecast> {
  const job = forecastJob(series, options);
  const { forecastTask } = await import('#tasks/forecast-task.ts');
  const { model, quantiles, reason } = await forecastTask(job);
  const { levels } = job;
  const { startSeconds, stepSeconds } = job.series;
  return {
    model,
    reason,
    startSeconds: startSeconds + job.origins[0]! * stepSeconds,
    stepSeconds,
    levels,
    quantiles: quantileRows(quantiles[0]!, levels.length),
  };
}
