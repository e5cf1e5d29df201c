import { forecastOf } from './allocate.ts';
import { expectedLater } from '#core/controller/expected-later.ts';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';
import type { Supply } from '#core/capacity/supply.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { AllocationDecision, Expectation } from '#core/domain/allocation.ts';
import { silenceMeans, silentUse } from '#core/detection/incidents/absence.ts';
import { knownFailures } from '#core/detection/incidents/bad-forecast.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import type { DetectorState } from '#core/detection/incidents/detector-state.ts';
import { footprintAt, isMeasured } from '#core/domain/footprint-at.ts';
import type { FootprintPoint, Resource } from '#core/domain/footprint.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { announceAgain } from './announce.ts';
import { monitorSilence } from './monitor-silence.ts';
import { readMonitorState } from '#core/controller/monitor-state.ts';
import { monitorStep, type MonitoringPorts } from './monitor-step.ts';

/** Steps that monitoring looks back for measurements it has not seen yet; older ones are history, not news. */
const LOOK_BACK_STEPS = 12;

export interface MonitorApplicationPorts extends MonitoringPorts, ForecastPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
}

export interface MonitorRequest {
  readonly applicationId: string;
  readonly nowSeconds: number;
  /** What was found out of how it gets new instances; kept for the next decisions. */
  readonly supply?: Supply | undefined;
}

/**
 * Monitors the newest measured step of an application that ended before `nowSeconds`, or its silence where there is none
 * that was not monitored before; null when that brings no news. What an earlier run held back and did not come to tell
 * is told first.
 */
export async function monitorApplication(
  ports: MonitorApplicationPorts,
  { applicationId, nowSeconds, supply }: MonitorRequest,
  settings: Settings,
): Promise<MonitoringResult | null> {
  const state = await readMonitorState(ports.incidents, applicationId);
  const { detector, lastStepSeconds } = state;
  await announceAgain(ports.notifier, state);
  const newest = await newestPoint(ports.history, { applicationId, nowSeconds }, settings);
  if (newest !== null && newest.timestampSeconds > (lastStepSeconds ?? -Infinity)) {
    return monitorPoint(ports, { applicationId, point: newest, detector, supply }, settings);
  }
  const stepSeconds = stepStart(nowSeconds, settings.stepSeconds) - settings.stepSeconds;
  const measuredSeconds = newest?.timestampSeconds ?? -Infinity;
  const meaning = silenceMeans(detector, settings.detection);
  const { absenceSeconds, m } = settings.detection;
  // Fewer steps may just be late.
  const lateSeconds = m * settings.stepSeconds;
  if (meaning === 'zero') {
    const isNew = stepSeconds > (lastStepSeconds ?? Infinity);
    if (!isNew || stepSeconds - measuredSeconds < lateSeconds) return null;
    const point = { timestampSeconds: stepSeconds, footprint: silentUse(detector) };
    return monitorPoint(ports, { applicationId, point, detector, supply }, settings);
  }
  const silentSeconds =
    meaning === 'breach' ? Math.min(absenceSeconds || Infinity, lateSeconds) : absenceSeconds;
  return monitorSilence(ports, { applicationId, stepSeconds, silentSeconds }, settings);
}

async function monitorPoint(
  ports: MonitorApplicationPorts,
  {
    applicationId,
    point,
    detector,
    supply,
  }: {
    readonly applicationId: string;
    readonly point: FootprintPoint;
    readonly detector: DetectorState;
    readonly supply: Supply | undefined;
  },
  settings: Settings,
): Promise<MonitoringResult> {
  const stepSeconds = point.timestampSeconds;
  const log = await ports.profiles.allocationLog(applicationId, forecastLagSteps(settings) + 2);
  // Newest first: what was decided after the step began cannot have been in force when it did.
  const decision = log.find(({ decidedAtSeconds }) => decidedAtSeconds <= stepSeconds) ?? null;
  const expected = await expectationOf(ports, { applicationId, stepSeconds, log }, settings);
  const failures = knownFailures(detector);
  const renewed = await renewedModels(ports.profiles, { applicationId, failures });
  return monitorStep(
    ports,
    { applicationId, stepSeconds, actual: point.footprint, decision, expected, renewed, supply },
    settings,
  );
}

/** Resources whose model was trained after the one before was found to fail. Reads the profile only if one was. */
async function renewedModels(
  profiles: ProfileStore,
  known: {
    readonly applicationId: string;
    readonly failures: ReadonlyMap<Resource, number>;
  },
): Promise<readonly Resource[]> {
  if (known.failures.size === 0) return [];
  const profile = await profiles.application(known.applicationId);
  return [...known.failures].flatMap(([resource, failedAtSeconds]) => {
    const trainedTo = profile?.predictiveModel[resource]?.trainedToSeconds ?? -Infinity;
    return trainedTo > failedAtSeconds ? [resource] : [];
  });
}

async function newestPoint(
  history: HistoryStore,
  { applicationId, nowSeconds }: { applicationId: string; nowSeconds: number },
  { stepSeconds }: Settings,
): Promise<FootprintPoint | null> {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  const fromSeconds = toSeconds - LOOK_BACK_STEPS * stepSeconds;
  const window = await history.read(applicationId, { fromSeconds, toSeconds }, stepSeconds);
  for (let step = LOOK_BACK_STEPS - 1; step >= 0; step--) {
    const footprint = footprintAt(window, step);
    if (isMeasured(footprint)) {
      return { timestampSeconds: fromSeconds + step * stepSeconds, footprint };
    }
  }
  return null;
}

/** What a decision expected of this very step, or what a forecast made one detection lead before it does. */
async function expectationOf(
  ports: MonitorApplicationPorts,
  step: {
    readonly applicationId: string;
    readonly stepSeconds: number;
    readonly log: readonly AllocationDecision[];
  },
  settings: Settings,
): Promise<Expectation['byResource']> {
  const noted = step.log.find(({ expected }) => expected.atSeconds === step.stepSeconds);
  if (noted) return noted.expected.byResource;
  const nowSeconds = step.stepSeconds - forecastLagSteps(settings) * settings.stepSeconds;
  const profile = await ports.profiles.application(step.applicationId);
  const wanted = stepsOfDecision(settings);
  const forecast = profile && (await forecastOf(ports, { profile, nowSeconds, wanted }, settings));
  return expectedLater(forecast, nowSeconds, settings).byResource;
}
