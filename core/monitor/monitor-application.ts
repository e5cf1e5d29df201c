import { forecastOf } from '#core/allocate/allocate.ts';
import { expectedLater } from '#core/allocate/expected-later.ts';
import { stepStart } from '#core/align-time.ts';
import type { AllocationDecision, Expectation } from '#core/allocation.ts';
import { silenceMeans, silentUse } from '#core/detect/absence.ts';
import { detectionLeadSteps } from '#core/detect/detection-lead.ts';
import { footprintAt, isMeasured } from '#core/footprint-at.ts';
import type { FootprintPoint } from '#core/footprint.ts';
import type { ForecastPorts } from '#core/forecast/forecast-footprint.ts';
import type { MonitoringResult } from '#core/incident.ts';
import type { HistoryStore, ProfileStore } from '#core/ports.ts';
import type { Settings } from '#core/settings.ts';
import { announceAgain } from './announce.ts';
import { monitorSilence } from './monitor-silence.ts';
import { readMonitorState } from './monitor-state.ts';
import { monitorStep, type MonitoringPorts } from './monitor-step.ts';

/** Steps that monitoring looks back for measurements it has not seen yet; older ones are history, not news. */
const LOOK_BACK_STEPS = 12;

export interface MonitorApplicationPorts extends MonitoringPorts, ForecastPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
}

/**
 * Monitors the newest measured step of an application that ended before `nowSeconds`, or its silence where there is none
 * that was not monitored before; null when that brings no news. What an earlier run held back and did not come to tell
 * is told first.
 */
export async function monitorApplication(
  ports: MonitorApplicationPorts,
  { applicationId, nowSeconds }: { readonly applicationId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const state = await readMonitorState(ports.incidents, applicationId);
  await announceAgain(ports.notifier, state);
  const newest = await newestPoint(ports.history, { applicationId, nowSeconds }, settings);
  if (newest !== null && newest.timestampSeconds > (state.lastStepSeconds ?? -Infinity)) {
    return monitorPoint(ports, { applicationId, point: newest }, settings);
  }
  const stepSeconds = stepStart(nowSeconds, settings.stepSeconds) - settings.stepSeconds;
  const measuredSeconds = newest?.timestampSeconds ?? -Infinity;
  const meaning = silenceMeans(state.detector, settings.detection);
  const { absenceSeconds, m } = settings.detection;
  // Fewer steps may just be late.
  const lateSeconds = m * settings.stepSeconds;
  if (meaning === 'zero') {
    const isNew = stepSeconds > (state.lastStepSeconds ?? Infinity);
    if (!isNew || stepSeconds - measuredSeconds < lateSeconds) return null;
    const point = { timestampSeconds: stepSeconds, footprint: silentUse(state.detector) };
    return monitorPoint(ports, { applicationId, point }, settings);
  }
  const silentSeconds =
    meaning === 'breach' ? Math.min(absenceSeconds || Infinity, lateSeconds) : absenceSeconds;
  return monitorSilence(ports, { applicationId, stepSeconds, silentSeconds }, settings);
}

async function monitorPoint(
  ports: MonitorApplicationPorts,
  { applicationId, point }: { readonly applicationId: string; readonly point: FootprintPoint },
  settings: Settings,
): Promise<MonitoringResult> {
  const stepSeconds = point.timestampSeconds;
  const log = await ports.profiles.allocationLog(applicationId, detectionLeadSteps(settings) + 2);
  // Newest first: what was decided after the step began cannot have been in force when it did.
  const decision = log.find(({ decidedAtSeconds }) => decidedAtSeconds <= stepSeconds) ?? null;
  const expected = await expectationOf(ports, { applicationId, stepSeconds, log }, settings);
  return monitorStep(
    ports,
    { applicationId, stepSeconds, actual: point.footprint, decision, expected },
    settings,
  );
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
  const nowSeconds = step.stepSeconds - detectionLeadSteps(settings) * settings.stepSeconds;
  const profile = await ports.profiles.application(step.applicationId);
  const forecast = profile && (await forecastOf(ports, { profile, nowSeconds }, settings));
  return expectedLater(forecast, nowSeconds, settings).byResource;
}
