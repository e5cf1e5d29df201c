import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast, ResourceForecast } from '#core/forecasting/footprint-forecast.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';

/** Resources whose forecasts were too wide in cross-validation to be used without a margin. */
export function unreliableResources(
  forecast: FootprintForecast,
  { unreliableWidth }: AllocationSettings,
): Resource[] {
  return RESOURCES.filter((resource) => {
    const resourceForecast = forecast.byResource[resource];
    return (
      resourceForecast !== undefined && resourceForecast.reliability.relativeWidth > unreliableWidth
    );
  });
}

/**
 * Safety margin × safety factor per resource; 0 for a resource with a reliable forecast. The margin
 * is a share of half the calibrated 80 % interval at its widest step of the warm-up horizon, so
 * that it grows with the uncertainty.
 */
export function safetyMargins(
  forecast: FootprintForecast,
  unreliable: readonly Resource[],
  { steps, settings }: { readonly steps: number; readonly settings: AllocationSettings },
): Footprint {
  const margins: Record<Resource, number | null> = { ...EMPTY_FOOTPRINT };
  for (const resource of RESOURCES) {
    const resourceForecast = forecast.byResource[resource];
    if (!resourceForecast) continue;
    margins[resource] = unreliable.includes(resource)
      ? settings.safetyMargin * halfWidth(resourceForecast, steps) * settings.safetyFactor
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
