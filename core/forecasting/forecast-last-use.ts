import type { Settings } from '#core/domain/settings/settings.ts';
import type { ResourceForecast } from './footprint-forecast.ts';
import type { Past } from './model-forecast.ts';

/** Name of the model in decisions. */
export const LAST_USE_MODEL = 'last use';

/** An hour of five-minute steps. */
const LATELY_STEPS = 12;

/**
 * What stands in for a model that cannot be used where too few hours were measured for any other
 * forecast: the largest of the newest measurements, for all steps and levels, as a reactive policy
 * would hold it. Null if nothing was measured.
 */
export function forecastLastUse(
  { values, originSeconds }: Past,
  stepsAhead: readonly number[] | undefined,
  { stepSeconds, training: { horizon: most, levels } }: Settings,
): ResourceForecast | null {
  const measured = values.filter((value) => !Number.isNaN(value)).subarray(-LATELY_STEPS);
  if (measured.length === 0) return null;
  const horizon = Math.min(most, stepsAhead?.at(-1) ?? Infinity);
  const quantiles = new Float64Array(horizon * levels.length).fill(Math.max(...measured));
  return {
    quantiles: { originSeconds, stepSeconds, horizon, levels, values: quantiles },
    model: LAST_USE_MODEL,
    reliability: { relativeWidth: 0 },
  };
}
