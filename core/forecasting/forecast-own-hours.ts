import { countMeasured } from '#core/domain/measured.ts';
import { familyName } from '#core/text/model-name.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { MACHINE_POOL, MACHINE_POOL_NAME } from '#models/families/pool/machine-pool.ts';
import { createPoolForecast } from '#models/families/pool/pool-forecast.ts';
import { planPool } from '#models/families/pool/pool-plan.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';

/** An hour of five-minute steps. Fewer values do not show how much the next ones can vary. */
const LEAST_STEPS = 12;

/** Name of the model in decisions. */
export const OWN_HOURS_MODEL = familyName(MACHINE_POOL_NAME);

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
  const forecast = createPoolForecast(planPool(shape, MACHINE_POOL), firstSteps(horizon));
  const quantiles = new Float64Array(horizon * levels.length);
  forecast(history, history.length, quantiles);
  return quantiles;
}
