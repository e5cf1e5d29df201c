import type { ResourceForecast } from './footprint-forecast.ts';

/** A forecast with every quantile of a step multiplied by the step's factor. */
export function scaleForecast(forecast: ResourceForecast, factors: Float64Array): ResourceForecast {
  const { quantiles } = forecast;
  const { levels } = quantiles;
  const values = Float64Array.from(
    quantiles.values,
    (value, k) => value * (factors[Math.floor(k / levels.length)] ?? 1),
  );
  return { ...forecast, quantiles: { ...quantiles, values } };
}
