import type { Snapshot } from '#core/controller/snapshot.ts';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { forecastInstances, type DemandForecast } from '#core/evidence/demand-forecast.ts';
import { warmUpHorizon } from '#core/evidence/forecast-need.ts';
import { expectedPeaks } from '#core/evidence/recurring/expected-peaks.ts';
import { rememberUsage, type UsageMemories } from '#core/evidence/remember-usage.ts';
import { forecastFootprint, type ForecastPorts } from '#core/forecasting/forecast-footprint.ts';

export interface DemandPorts extends ForecastPorts {
  /** What the application used before, where the caller remembers it; else made of the history. */
  readonly memories?: UsageMemories;
}

/**
 * Forecasts what a decision has to know of the demand; null without a model of its own or to
 * borrow.
 * @param wholeHorizon also the steps that no decision looks at, to draw them.
 */
export async function forecastDemand(
  ports: DemandPorts,
  { snapshot, wholeHorizon }: { readonly snapshot: Snapshot; readonly wholeHorizon: boolean },
  settings: Settings,
): Promise<DemandForecast | null> {
  const { profile, cluster, nowSeconds, history, usual: measured = history, target } = snapshot;
  if (profile === null) return null;
  const stepsAhead = wholeHorizon ? undefined : stepsOfDecision(settings);
  const request = { profile, cluster, nowSeconds, stepsAhead, measured };
  const forecast = await forecastFootprint(ports, request, settings);
  if (forecast === null) return null;
  const timeZone = timeZoneOf(snapshot.applicationId, settings.detection);
  const memories = ports.memories ?? rememberUsage(measured, target, { settings, timeZone });
  const { stepSeconds, allocation } = settings;
  const now = {
    seconds: stepStart(nowSeconds, stepSeconds),
    stepSeconds,
    steps: warmUpHorizon(allocation.warmUpSeconds, stepSeconds),
  };
  const peaks = expectedPeaks(profile, now, measured, memories);
  const { memoryPeaks } = profile;
  return forecastInstances({ forecast, target, memories, peaks, memoryPeaks }, settings);
}
