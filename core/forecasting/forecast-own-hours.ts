import { fillByDay } from '#models/series/fill-gaps.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { machinePool } from '#models/families/pool/learned-pool.ts';
import { countMeasured } from '#core/domain/measured.ts';

/** An hour of five-minute steps. Fewer values do not show how much the next ones can vary. */
const LEAST_STEPS = 12;

/** Name of the model in decisions. */
export const OWN_HOURS_MODEL = machinePool.name;

/**
 * Forecast from the first hours of an application that has no model of its own. It uses the pool
 * learned on many machines, which needs no training. It is not calibrated, because there are no
 * past forecasts.
 * @param values newest last, NaN for steps without a measurement.
 * @returns row-major [horizon × levels], never negative, never crossing; null with fewer than
 * twelve measurements.
 */
export function forecastOwnHours(
  values: Float64Array,
  { stepSeconds, horizon, levels }: Pick<ForecastShape, 'stepSeconds' | 'horizon' | 'levels'>,
): Float64Array | null {
  if (countMeasured(values) < LEAST_STEPS) return null;
  const measured = values.subarray(values.findIndex((value) => !Number.isNaN(value)));
  const history = fillByDay(measured, stepSeconds);
  const shape = { stepSeconds, context: history.length, horizon, levels };
  const fit = machinePool.fit({ startSeconds: 0, stepSeconds, values: history }, shape);
  if (fit.kind === 'too-little-data') return null;
  const quantiles = new Float64Array(horizon * levels.length);
  fit.model.forecastInto(history, 0, quantiles);
  return quantiles;
}
