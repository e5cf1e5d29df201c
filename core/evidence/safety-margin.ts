import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { FootprintForecast, ResourceForecast } from '#core/forecasting/footprint-forecast.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';

/** Resources whose forecasts were too spread out in cross-validation to be trusted without a margin. */
export function unreliableResources(
  forecast: FootprintForecast,
  { unreliableWidth }: AllocationSettings,
): Resource[] {
  return RESOURCES.filter((resource) => {
    const known = forecast.byResource[resource];
    return known !== undefined && known.reliability.relativeWidth > unreliableWidth;
  });
}

/**
 * Safety margin × safety factor per resource, 0 where the forecast is reliable. The margin is a share of half the
 * calibrated 80 % interval at its widest step of the lead time, so it grows with the doubt there really is.
 */
export function safetyMargins(
  forecast: FootprintForecast,
  unreliable: readonly Resource[],
  { steps, settings }: { readonly steps: number; readonly settings: AllocationSettings },
): Footprint {
  const margins: Record<Resource, number | null> = { ...EMPTY_FOOTPRINT };
  for (const resource of RESOURCES) {
    const known = forecast.byResource[resource];
    if (!known) continue;
    margins[resource] = unreliable.includes(resource)
      ? settings.safetyMargin * halfWidth(known, steps) * settings.safetyFactor
      : 0;
  }
  return margins;
}

function halfWidth({ quantiles }: ResourceForecast, steps: number): number {
  let widest = 0;
  for (let step = 0; step < Math.min(steps, quantiles.horizon); step++) {
    widest = Math.max(widest, quantileAt(quantiles, step, 0.9) - quantileAt(quantiles, step, 0.1));
  }
  return widest / 2;
}
