import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { peakQuantile } from '#core/forecasting/quantile-at.ts';

/**
 * The quantile that balances the costs of a shortage and of an idle hour (newsvendor): shortage ÷
 * (shortage + idle).
 * @throws RangeError unless both costs are positive.
 */
export function criticalQuantile({ shortageCost, idleCost }: AllocationSettings): number {
  if (!(shortageCost > 0) || !(idleCost > 0)) {
    throw new RangeError(`costs must be positive: shortage ${shortageCost}, idle ${idleCost}`);
  }
  return shortageCost / (shortageCost + idleCost);
}

/**
 * Number of steps that a decision must cover: until a new instance is in service, plus one step of
 * use.
 */
export function warmUpHorizon(warmUpSeconds: number, stepSeconds: number): number {
  return Math.ceil(warmUpSeconds / stepSeconds) + 1;
}

/**
 * Per resource the largest quantile at `level` over the warm-up horizon, in the resource's unit;
 * null without a forecast.
 */
export function forecastNeed(
  forecast: FootprintForecast,
  { level, steps }: { readonly level: number; readonly steps: number },
): Footprint {
  const need: Record<Resource, number | null> = { ...EMPTY_FOOTPRINT };
  for (const resource of RESOURCES) {
    const resourceForecast = forecast.byResource[resource];
    if (resourceForecast) need[resource] = peakQuantile(resourceForecast.quantiles, steps, level);
  }
  return need;
}
