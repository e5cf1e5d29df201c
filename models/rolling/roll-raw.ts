import type { RawModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { RegularSeries } from '#models/series/series.ts';

/**
 * A raw model's forecasts at growing origins of one series, by its own faster way where it has one.
 * @param series without gaps.
 * @param steps steps ahead, counted from 1, increasing; a model of one row gives that row alone.
 */
export function rollRaw(
  model: RawModel,
  series: RegularSeries,
  steps: readonly number[],
): RollingForecast {
  const roll = model.roll?.(series, steps);
  if (roll !== undefined) return roll;
  const { rows, columns, shape } = model;
  const full = new Float64Array(rows * columns);
  const farthest = steps.at(-1) ?? 0;
  const forecastInto = (farthest < rows && model.head?.(farthest)) || model.forecastInto;
  return (end, out) => {
    const history = series.values.subarray(end - shape.context, end);
    forecastInto(history, series.startSeconds + end * series.stepSeconds, full);
    if (rows === 1) {
      out.set(full);
      return;
    }
    for (let s = 0; s < steps.length; s++) {
      const from = (steps[s] - 1) * columns;
      for (let c = 0; c < columns; c++) out[s * columns + c] = full[from + c];
    }
  };
}
