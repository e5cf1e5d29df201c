import { stepStart } from '#core/domain/align-time.ts';
import type { Expectation, ExpectedInterval } from '#core/domain/allocation.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';

/**
 * The calibrated interval and median of the step that is one detection lead away from the step that
 * contains `nowSeconds`, for monitoring to compare with. Resources whose horizon ends before it are
 * absent.
 */
export function expectedLater(
  forecast: FootprintForecast | null,
  nowSeconds: number,
  settings: Settings,
): Expectation {
  const { detection, stepSeconds } = settings;
  const steps = forecastLagSteps(settings);
  const byResource: Partial<Record<Resource, ExpectedInterval>> = {};
  for (const resource of RESOURCES) {
    const known = forecast?.byResource[resource];
    if (known === undefined || known.quantiles.horizon <= steps) continue;
    byResource[resource] = {
      lower: quantileAt(known.quantiles, steps, detection.lowerLevel),
      median: quantileAt(known.quantiles, steps, 0.5),
      upper: quantileAt(known.quantiles, steps, detection.upperLevel),
    };
  }
  return { atSeconds: stepStart(nowSeconds, stepSeconds) + steps * stepSeconds, byResource };
}
