import { expectedLater } from '#core/controller/expected-later.ts';
import type { ObservedStep } from '#core/controller/observe.ts';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';
import { knownFailures } from '#core/detection/incidents/bad-forecast.ts';
import type { DetectorState } from '#core/detection/incidents/detector-state.ts';
import type { LateMeasurements } from '#core/detection/incidents/late-measurement.ts';
import type { AllocationDecision, Expectation } from '#core/domain/allocation.ts';
import { RESOURCES, type FootprintPoint, type Resource } from '#core/domain/footprint.ts';
import type { ModelFault } from '#core/domain/model-fault.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { forecastApplication, type ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import type { MeasuredBefore } from './newest-step.ts';
import { newlyUnusable } from './newly-unusable.ts';

export interface StepPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  /** Forecast what no decision noted; without them nothing is expected of such a step. */
  readonly forecasters?: ForecastPorts['forecasters'];
}

/** A measured step that is about to be observed. */
export interface MeasuredStep {
  readonly applicationId: string;
  readonly point: FootprintPoint;
  /** Measurements of earlier steps that came late; none where absent. */
  readonly late?: MeasuredBefore | undefined;
  readonly detector: DetectorState;
  /** The newest step that was observed before; null before the first. */
  readonly lastStepSeconds: number | null;
}

/** The decision that was in force in a measured step, its log entry included. */
export interface LoadedStep extends Omit<ObservedStep, 'supply' | 'event' | 'openMetric'> {
  readonly decision: AllocationDecision | null;
  /** Resources whose model cannot be used, where that is news: to be trained at once. */
  readonly unusable: readonly Resource[];
}

/**
 * Reads what a measured step is compared with: the decision in force and what was expected of it.
 */
export async function loadStep(
  ports: StepPorts,
  { applicationId, point, late = {}, detector, lastStepSeconds }: MeasuredStep,
  settings: Settings,
): Promise<LoadedStep> {
  const { timestampSeconds: stepSeconds, footprint: actual } = point;
  const lags = Object.values(late).map(({ measuredSeconds }) => stepSeconds - measuredSeconds);
  const lateSteps = Math.max(0, ...lags) / settings.stepSeconds;
  const limit = forecastLagSteps(settings) + 2 + lateSteps;
  const log = await ports.profiles.allocationLog(applicationId, limit);
  // Newest first: what was decided after the step began cannot have been in force when it did.
  const decision = log.find(({ decidedAtSeconds }) => decidedAtSeconds <= stepSeconds) ?? null;
  const noted = log.find(({ expected }) => expected.atSeconds === stepSeconds);
  const unusable = new Set(newlyUnusable(log, { lastStepSeconds, isWhole: log.length < limit }));
  const isHourly = isFirstOfHour(stepSeconds, lastStepSeconds);
  const modelFault = ({ resource, of }: ModelFault): void => {
    // No decision tells whether that is news.
    if (of === 'application' && isHourly) unusable.add(resource);
  };
  return {
    applicationId,
    stepSeconds,
    actual,
    decision,
    expected:
      noted?.expected.byResource ??
      (await forecastAgain({ ...ports, modelFault }, { applicationId, stepSeconds }, settings)),
    late: withExpected(late, log),
    renewed: await renewedModels(ports.profiles, { applicationId, detector }),
    unusable: [...unusable],
  };
}

/** What decisions noted to expect of late measurements; nothing is forecast again for them. */
function withExpected(
  late: MeasuredBefore,
  log: readonly AllocationDecision[],
): LateMeasurements | undefined {
  const measured = RESOURCES.flatMap((resource) => {
    const measurement = late[resource];
    if (measurement === undefined) return [];
    const noted = log.find(({ expected }) => expected.atSeconds === measurement.measuredSeconds);
    const expected = noted?.expected.byResource[resource] ?? null;
    return [[resource, { ...measurement, expected }] as const];
  });
  return measured.length === 0 ? undefined : Object.fromEntries(measured);
}

function isFirstOfHour(stepSeconds: number, lastStepSeconds: number | null): boolean {
  const hour = (seconds: number): number => Math.floor(seconds / 3600);
  return lastStepSeconds === null || hour(stepSeconds) !== hour(lastStepSeconds);
}

/** What a forecast made one forecast lag before the step expects of it. */
async function forecastAgain(
  ports: StepPorts & Pick<ForecastPorts, 'modelFault'>,
  step: Pick<ObservedStep, 'applicationId' | 'stepSeconds'>,
  settings: Settings,
): Promise<Expectation['byResource']> {
  const { forecasters } = ports;
  const profile = forecasters && (await ports.profiles.application(step.applicationId));
  if (!forecasters || !profile) return {};
  const nowSeconds = step.stepSeconds - forecastLagSteps(settings) * settings.stepSeconds;
  const stepsAhead = stepsOfDecision(settings);
  const request = { profile, nowSeconds, stepsAhead };
  const forecast = await forecastApplication({ ...ports, forecasters }, request, settings);
  return expectedLater(forecast, nowSeconds, settings).byResource;
}

/** Resources whose model was trained after the one before was found to fail. */
async function renewedModels(
  profiles: ProfileStore,
  { applicationId, detector }: Pick<MeasuredStep, 'applicationId' | 'detector'>,
): Promise<readonly Resource[]> {
  const failures = knownFailures(detector);
  // The profile is read only where a model failed.
  if (failures.size === 0) return [];
  const profile = await profiles.application(applicationId);
  return [...failures].flatMap(([resource, failedAtSeconds]) => {
    const trainedTo = profile?.predictiveModel[resource]?.trainedToSeconds ?? -Infinity;
    return trainedTo > failedAtSeconds ? [resource] : [];
  });
}
