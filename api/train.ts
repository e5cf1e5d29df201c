import { modelName } from '#core/text/model-name.ts';
import { endSeconds } from '#models/series/series.ts';
import { forecastFrom } from '#tasks/forecast-from.ts';
import { pastOf } from '#tasks/forecast-job.ts';
import { forecastJob, quantileRows } from './forecast-job.ts';
import { regularSeries, requireAmounts } from './regular-series.ts';
import type { ForecastOptions, Series, TooLittleData, TrainedModel } from './types/series.ts';

/**
 * Trains the families of models on a series of amounts, which are never negative, and selects by
 * cross-validation. `forecast` is train and forecast in one, and lifts negative series.
 * @throws RangeError for options out of bounds, or a series without any value.
 */
export async function train(
  series: Series,
  options: ForecastOptions,
): Promise<TrainedModel | TooLittleData> {
  const job = forecastJob(series, options);
  requireAmounts(job.series.values, 'values');
  const { series: past, shape } = pastOf(job);
  const { trainModel } = await import('#models/selection/train-model.ts');
  const trained = trainModel(past, shape, { resource: 'y', unit: '', origins: job.groups });
  if (trained.kind === 'too-little-data') return trained;
  const name = modelName(trained.composition);
  const { model, onnx, table, loss, coverage80, relativeWidth } = trained;
  const trainedTo = endSeconds(past);
  return {
    kind: 'trained',
    model: name,
    file: onnx,
    loss,
    coverage80,
    relativeWidth,
    candidates: table.map((row) => ({
      model: row.model,
      loss: row.loss,
      isSelected: row.selected,
      reason: row.reason ?? null,
    })),
    forecast: async (recent) => {
      const given = regularSeries(recent);
      const origin = given.values.length;
      const { context, stepSeconds } = model.shape;
      if (given.stepSeconds !== stepSeconds || origin < context) {
        throw new RangeError(
          `${origin} steps of ${given.stepSeconds} s, expected at least ${context} of ${stepSeconds} s`,
        );
      }
      const known = Math.round((trainedTo - given.startSeconds) / stepSeconds);
      const origins = [Math.min(Math.max(known, 0), origin), origin];
      const values = await forecastFrom(
        model,
        { series: given, levels: job.levels, origins },
        origin,
      );
      return {
        model: name,
        reason: null,
        startSeconds: endSeconds(given),
        stepSeconds,
        levels: job.levels,
        quantiles: quantileRows(values, job.levels.length),
      };
    },
  };
}
