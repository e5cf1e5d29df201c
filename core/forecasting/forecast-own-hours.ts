import { fillByDay } from '#models/series/fill-gaps.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { machinePool } from '#models/families/pool/learned-pool.ts';
import { countMeasured } from '#core/domain/measured.ts';

/** An hour of five-minute steps; fewer values say nothing of how far the next ones may stray. */
const LEAST_STEPS = 12;

/** What decisions call it. */
export const OWN_HOURS_MODEL = machinePool.name;

/**
 * A forecast from the first hours of an application that has no model of its own yet: the pool that was learned on many
 * machines needs no training. Not calibrated, as there is nothing to calibrate with.
 * @param values the newest last, NaN where nothing was measured.
 * @returns row-major [horizon × levels], never negative, never crossing; null with fewer than twelve measurements.
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
