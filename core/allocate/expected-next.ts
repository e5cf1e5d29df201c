import type { ExpectedInterval } from '#core/allocation.ts';
import { RESOURCES, type Resource } from '#core/footprint.ts';
import type { FootprintForecast } from '#core/forecast/footprint-forecast.ts';
import { quantileAt } from '#core/forecast/quantile-at.ts';
import type { DetectionSettings } from '#core/settings.ts';

/** The calibrated interval and median of the first step, for monitoring to compare with. */
export function expectedNext(
  forecast: FootprintForecast | null,
  { lowerLevel, upperLevel }: DetectionSettings,
): Partial<Record<Resource, ExpectedInterval>> {
  const expected: Partial<Record<Resource, ExpectedInterval>> = {};
  for (const resource of RESOURCES) {
    const known = forecast?.byResource[resource];
    if (!known) continue;
    expected[resource] = {
      lower: quantileAt(known.quantiles, 0, lowerLevel),
      median: quantileAt(known.quantiles, 0, 0.5),
      upper: quantileAt(known.quantiles, 0, upperLevel),
    };
  }
  return expected;
}
