import type { Reliability } from '#core/domain/profiles.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';

const RELIABLE: Reliability = { relativeWidth: 0.3, loss: 0.1, coverage80: 0.8 };

/** A forecast with the given rows of quantiles, one row per step. */
export function quantileForecast(
  levels: readonly number[],
  rows: readonly (readonly number[])[],
): QuantileForecast {
  return {
    originSeconds: 0,
    stepSeconds: 300,
    horizon: rows.length,
    levels,
    values: Float64Array.from(rows.flat()),
  };
}

/** A CPU forecast with the given rows at levels 0.1, 0.5 and 0.9. */
export function cpuForecast(
  rows: readonly (readonly number[])[],
  reliability: Partial<Reliability> = {},
): FootprintForecast {
  return {
    source: 'forecast',
    byResource: {
      cpu: {
        quantiles: quantileForecast([0.1, 0.5, 0.9], rows),
        model: 'seasonal-naive-day',
        reliability: { ...RELIABLE, ...reliability },
      },
    },
  };
}
