import type { ForecastModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { RegularSeries } from '#models/series/series.ts';

/**
 * A model's forecasts at growing origins of one series, by its own faster way where it has one: the
 * same numbers as `forecast`, row-major [steps × levels].
 * @param series without gaps.
 * @param steps steps ahead, counted from 1, increasing.
 */
export function followModel(
  model: ForecastModel,
  series: RegularSeries,
  steps: readonly number[],
): RollingForecast {
  const own = model.follow?.(series, steps);
  if (own !== undefined) return own;
  const { context, levels } = model.shape;
  const width = levels.length;
  const farthest = steps.at(-1) ?? 0;
  return (end, out) => {
    const history = series.values.slice(end - context, end);
    const originSeconds = series.startSeconds + end * series.stepSeconds;
    const values = model.forecast(history, originSeconds, farthest);
    steps.forEach((step, row) =>
      out.set(values.subarray((step - 1) * width, step * width), row * width),
    );
  };
}
