import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import {
  forecastFootprint,
  type ForecastPorts,
  type ForecastRequest,
} from '#core/forecasting/forecast-footprint.ts';
import { knownSupply, openDemand, startMonitoring } from '#core/controller/monitor-state.ts';
import type {
  IncidentStore,
  ProfileStore,
  ScalingState,
  ScalingTarget,
} from '#core/domain/ports.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { rememberUsage } from '#core/evidence/remember-usage.ts';
import { decideAllocation } from '#core/controller/decide-allocation.ts';
import { withLearnedWarmUp, withSupply } from '#core/capacity/supply.ts';
import { expectedShares } from '#core/evidence/expected-shares.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';

export interface AllocationPorts extends ForecastPorts {
  readonly profiles: ProfileStore;
  readonly incidents: IncidentStore;
  readonly target: ScalingTarget;
}

/** A new deployment or a scaling event. */
export interface AllocationRequest {
  readonly applicationId: string;
  /** Overrides the type in the profile; null where nobody said. */
  readonly applicationType: string | null;
  readonly requested: Footprint | null;
  readonly nowSeconds: number;
}

/**
 * Answers one request: look the profile up, forecast, decide, log, start monitoring, apply, return. The start-up time is
 * the application's own where it was learned, and no more is given than its supply has.
 */
export async function allocate(
  ports: AllocationPorts,
  request: AllocationRequest,
  configured: Settings,
): Promise<AllocationDecision> {
  const [profile, supply] = await Promise.all([
    ports.profiles.application(request.applicationId),
    knownSupply(ports.incidents, request.applicationId),
  ]);
  const settings = withLearnedWarmUp(configured, supply);
  const { nowSeconds } = request;
  const wanted = stepsOfDecision(settings);
  const forecast = profile && (await forecastOf(ports, { profile, nowSeconds, wanted }, settings));
  const sharesFor: GrantInput['sharesFor'] = async (known, target) => {
    const memories = await rememberUsage(ports.history, { ...request, target }, settings);
    return expectedShares({ forecast: known, target, memories }, settings);
  };
  const target: ScalingTarget = {
    setDesired: (applicationId, instances) => ports.target.setDesired(applicationId, instances),
    describe: async (applicationId) =>
      withSupply(await ports.target.describe(applicationId), supply, nowSeconds),
  };
  return grantAllocation(
    { ...ports, target },
    { ...request, profile, forecast, sharesFor },
    settings,
  );
}

/** Forecasts an application with whatever model it has or may borrow from its cluster; null without any. */
export async function forecastOf(
  ports: ForecastPorts & { readonly profiles: ProfileStore },
  {
    profile,
    ...when
  }: Pick<ForecastRequest, 'nowSeconds' | 'wanted'> & { readonly profile: ApplicationProfile },
  settings: Settings,
): Promise<FootprintForecast | null> {
  const clusters = profile.clusterId === null ? [] : await ports.profiles.clusters();
  const cluster = clusters.find(({ clusterId }) => clusterId === profile.clusterId) ?? null;
  return forecastFootprint(ports, { profile, cluster, ...when }, settings);
}

export interface GrantInput extends AllocationRequest {
  readonly profile: ApplicationProfile | null;
  readonly forecast: FootprintForecast | null;
  /** The expected use of every instance of the target, given the forecast; see `expectedShares`. */
  readonly sharesFor: (
    forecast: FootprintForecast,
    target: ScalingState,
  ) => Promise<InstanceShares | null> | InstanceShares | null;
}

/** The second half of `allocate`, for callers that made the forecast already. */
export async function grantAllocation(
  ports: Pick<AllocationPorts, 'profiles' | 'incidents' | 'target'>,
  {
    applicationId,
    applicationType,
    requested,
    nowSeconds,
    profile,
    forecast,
    sharesFor,
  }: GrantInput,
  settings: Settings,
): Promise<AllocationDecision> {
  const target = await ports.target.describe(applicationId);
  const shares = forecast && (await sharesFor(forecast, target));
  const decision = decideAllocation(
    {
      applicationId,
      applicationType: applicationType ?? profile?.applicationType ?? null,
      requested,
      forecast,
      shares,
      target,
      ...(await openDemand(ports.incidents, applicationId)),
      profileVersion: profile?.version ?? null,
      nowSeconds,
    },
    settings,
  );
  await ports.profiles.logAllocation(decision);
  await startMonitoring(ports.incidents, applicationId);
  const applies = settings.allocation.mode !== 'observe';
  if (applies && decision.instances !== target.desiredInstances) {
    await ports.target.setDesired(applicationId, decision.instances);
  }
  return decision;
}
