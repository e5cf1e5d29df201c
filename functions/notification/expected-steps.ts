import { forecastApplication } from '#core/use-cases/forecast-demand.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';
import type { ProfileStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings.ts';

export interface ExpectedPorts extends ForecastPorts {
  readonly profiles: ProfileStore;
}

export interface ExpectedRange {
  readonly applicationId: string;
  readonly resource: Resource;
  readonly fromSeconds: number;
  readonly steps: number;
}

/** Medians that were expected, one per step, NaN where nothing is known. */
export interface ExpectedSteps {
  readonly values: readonly number[];
  /** How many of them no decision noted, so that they were calculated now. */
  readonly calculated: number;
}

/**
 * What was expected of each step. A decision notes what it expects of the step one detection lead later, so in the first
 * hour after a group's first training nothing is noted: those steps come from the model as it is now, forecast from one
 * lead before the first of them on, as monitoring does it.
 */
export async function expectedSteps(
  ports: ExpectedPorts,
  range: ExpectedRange,
  settings: Settings,
): Promise<ExpectedSteps> {
  const noted = await notedSteps(ports.profiles, range, settings.stepSeconds);
  const first = noted.findIndex(Number.isNaN);
  if (first === -1) return { values: noted, calculated: 0 };
  const forecast = await forecastFrom(ports, { ...range, first }, settings);
  const values = noted.map((value, step) => (Number.isNaN(value) ? forecast(step) : value));
  const known = (steps: readonly number[]): number => steps.filter(Number.isFinite).length;
  return { values, calculated: known(values) - known(noted) };
}

/** What decisions in the log expected; NaN where there was none. */
async function notedSteps(
  profiles: ProfileStore,
  { applicationId, resource, fromSeconds, steps }: ExpectedRange,
  stepSeconds: number,
): Promise<readonly number[]> {
  const noted = new Array<number>(steps).fill(NaN);
  // Decisions for lifecycle actions come between those of the schedule.
  for (const decision of await profiles.allocationLog(applicationId, 4 * steps)) {
    const { atSeconds, byResource } = decision.expected;
    const step = (atSeconds - fromSeconds) / stepSeconds;
    const median = byResource[resource]?.median;
    if (step >= 0 && step < steps && median !== undefined) noted[step] = median;
  }
  return noted;
}

/** The median of each step as the model forecasts it one detection lead before the step `first`. */
async function forecastFrom(
  ports: ExpectedPorts,
  { applicationId, resource, fromSeconds, first }: ExpectedRange & { readonly first: number },
  settings: Settings,
): Promise<(step: number) => number> {
  const warmUpHorizon = forecastLagSteps(settings);
  const nowSeconds = fromSeconds + (first - warmUpHorizon) * settings.stepSeconds;
  const profile = await ports.profiles.application(applicationId);
  // What was noted is shown also where the model cannot be read.
  const forecast =
    profile &&
    (await forecastApplication(ports, { profile, nowSeconds }, settings).catch(() => null));
  const quantiles = forecast?.byResource[resource]?.quantiles;
  return (step) => {
    const later = step - first + warmUpHorizon;
    return quantiles && later < quantiles.horizon ? quantileAt(quantiles, later, 0.5) : NaN;
  };
}
