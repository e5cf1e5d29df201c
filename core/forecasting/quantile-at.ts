import type { QuantileForecast } from '#models/contract/forecast-model.ts';

/**
 * The quantile of a forecast at any level, linear between the model's levels and constant beyond
 * them.
 * @param step 0 for the first step of the horizon.
 * @throws RangeError if the step is outside the horizon.
 */
export function quantileAt(forecast: QuantileForecast, step: number, level: number): number {
  if (step < 0 || step >= forecast.horizon) {
    throw new RangeError(`step ${step} is outside the horizon of ${forecast.horizon} steps`);
  }
  const { levels, values } = forecast;
  const row = step * levels.length;
  const above = levels.findIndex((candidate) => candidate >= level);
  if (above === -1) return values[row + levels.length - 1];
  if (above === 0) return values[row];
  const low = levels[above - 1];
  const share = (level - low) / (levels[above] - low);
  return values[row + above - 1] * (1 - share) + values[row + above] * share;
}

/**
 * The largest quantile at `level` over the first `steps` steps: the capacity needed throughout
 * them.
 */
export function peakQuantile(forecast: QuantileForecast, steps: number, level: number): number {
  let peak = 0;
  for (let step = 0; step < Math.min(steps, forecast.horizon); step++) {
    peak = Math.max(peak, quantileAt(forecast, step, level));
  }
  return peak;
}
