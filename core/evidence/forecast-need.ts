import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { peakQuantile } from '#core/forecasting/quantile-at.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';

/**
 * The level that balances what a shortage and an idle hour cost (newsvendor): shortage ÷ (shortage + idle).
 * @throws RangeError unless both costs are positive.
 */
export function criticalQuantile({ shortageCost, idleCost }: AllocationSettings): number {
  if (!(shortageCost > 0) || !(idleCost > 0)) {
    throw new RangeError(`costs must be positive: shortage ${shortageCost}, idle ${idleCost}`);
  }
  return shortageCost / (shortageCost + idleCost);
}

/**
 * Steps a decision answers for: until a new instance it asks for is in service, and one step of use after that.
 */
export function warmUpHorizon(warmUpSeconds: number, stepSeconds: number): number {
  return Math.ceil(warmUpSeconds / stepSeconds) + 1;
}

/** Per resource the largest quantile at `level` over the lead time, in the resource's unit; null without a forecast. */
export function forecastNeed(
  forecast: FootprintForecast,
  { level, steps }: { readonly level: number; readonly steps: number },
): Footprint {
  const need: Record<Resource, number | null> = { ...EMPTY_FOOTPRINT };
  for (const resource of RESOURCES) {
    const known = forecast.byResource[resource];
    if (known) need[resource] = peakQuantile(known.quantiles, steps, level);
  }
  return need;
}
