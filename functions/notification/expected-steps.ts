import type { Resource } from '#core/domain/footprint.ts';
import type { ModelFault } from '#core/domain/model-fault.ts';
import type { ProfileStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { forecastApplication } from '#core/forecasting/forecast-footprint.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';

export interface ExpectedPorts extends ForecastPorts {
  readonly profiles: ProfileStore;
}

export interface ExpectedRange {
  readonly applicationId: string;
  readonly resource: Resource;
  readonly fromSeconds: number;
  readonly steps: number;
}

/** Expected medians, one per step; NaN if unknown. */
export interface ExpectedSteps {
  readonly values: readonly number[];
  /** Number of values that no decision logged, and that were calculated now. */
  readonly calculated: number;
}

/**
 * The expected median of each step. A decision logs what it expects of the step one forecast lag
 * later, so nothing is logged for the first hour after a group's first training. The present model
 * forecasts those steps from one forecast lag before the first of them, as monitoring does.
 */
export async function expectedSteps(
  ports: ExpectedPorts,
  range: ExpectedRange,
  settings: Settings,
): Promise<ExpectedSteps> {
  const logged = await loggedSteps(ports.profiles, range, settings.stepSeconds);
  const first = logged.findIndex(Number.isNaN);
  if (first === -1) return { values: logged, calculated: 0 };
  const forecast = await forecastFrom(ports, { ...range, first }, settings);
  const values = logged.map((value, step) => (Number.isNaN(value) ? forecast(step) : value));
  const countFinite = (steps: readonly number[]): number => steps.filter(Number.isFinite).length;
  return { values, calculated: countFinite(values) - countFinite(logged) };
}

/** Expected medians in the allocation log; NaN for steps without one. */
async function loggedSteps(
  profiles: ProfileStore,
  { applicationId, resource, fromSeconds, steps }: ExpectedRange,
  stepSeconds: number,
): Promise<readonly number[]> {
  const logged = new Array<number>(steps).fill(NaN);
  // Decisions for lifecycle actions occur between the scheduled ones.
  for (const decision of await profiles.allocationLog(applicationId, 4 * steps)) {
    const { atSeconds, byResource } = decision.expected;
    const step = (atSeconds - fromSeconds) / stepSeconds;
    const median = byResource[resource]?.median;
    if (step >= 0 && step < steps && median !== undefined) logged[step] = median;
  }
  return logged;
}

/**
 * Forecasts the median of each step with the present model, from one forecast lag before the step
 * `first`.
 */
async function forecastFrom(
  ports: ExpectedPorts,
  { applicationId, resource, fromSeconds, first }: ExpectedRange & { readonly first: number },
  settings: Settings,
): Promise<(step: number) => number> {
  const lagSteps = forecastLagSteps(settings);
  const nowSeconds = fromSeconds + (first - lagSteps) * settings.stepSeconds;
  const profile = await ports.profiles.application(applicationId);
  // The logged values are shown even if the model cannot be read. What stands in for it in a
  // decision is not what was expected.
  const unusable = new Set<Resource>();
  const watched = {
    ...ports,
    modelFault: (fault: ModelFault) => void unusable.add(fault.resource),
  };
  const forecast =
    profile &&
    (await forecastApplication(watched, { profile, nowSeconds }, settings).catch(() => null));
  const quantiles = unusable.has(resource) ? undefined : forecast?.byResource[resource]?.quantiles;
  return (step) => {
    const leadStep = step - first + lagSteps;
    return quantiles && leadStep < quantiles.horizon ? quantileAt(quantiles, leadStep, 0.5) : NaN;
  };
}
