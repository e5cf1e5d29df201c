import { forecastOf } from '#core/allocate/allocate.ts';
import { expectedNext } from '#core/allocate/expected-next.ts';
import { stepStart } from '#core/align-time.ts';
import type { AllocationDecision } from '#core/allocation.ts';
import { RESOURCES, perResource, type FootprintPoint } from '#core/footprint.ts';
import type { ForecastPorts } from '#core/forecast/forecast-footprint.ts';
import type { MonitoringResult } from '#core/incident.ts';
import type { HistoryStore, ProfileStore } from '#core/ports.ts';
import type { Settings } from '#core/settings.ts';
import { readMonitorState } from './monitor-state.ts';
import { monitorStep, type MonitoringPorts } from './monitor-step.ts';

/** Log entries among which the decision in force is looked for: an hour of deciding at every step. */
const LOG_ENTRIES = 12;

/** Steps that monitoring looks back for measurements it has not seen yet; older ones are history, not news. */
const LOOK_BACK_STEPS = 12;

export interface MonitorApplicationPorts extends MonitoringPorts, ForecastPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
}

/**
 * Monitors the newest measured step of an application that ended before `nowSeconds`; null when there is none that was
 * not monitored before. Without a decision in force, the forecast made just before that step says what to expect.
 */
export async function monitorApplication(
  ports: MonitorApplicationPorts,
  { applicationId, nowSeconds }: { readonly applicationId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const { lastStepSeconds } = await readMonitorState(ports.incidents, applicationId);
  const newest = await newestPoint(ports.history, { applicationId, nowSeconds }, settings);
  if (newest === null || newest.timestampSeconds <= (lastStepSeconds ?? -Infinity)) return null;
  const stepSeconds = newest.timestampSeconds;
  const log = await ports.profiles.allocationLog(applicationId, LOG_ENTRIES);
  // Newest first: what was decided after the step began cannot have been in force when it did.
  const inForce = log.find(({ decidedAtSeconds }) => decidedAtSeconds <= stepSeconds);
  const decision = inForce && (await withExpectation(ports, inForce, { stepSeconds, settings }));
  return monitorStep(
    ports,
    { applicationId, stepSeconds, actual: newest.footprint, decision: decision ?? null },
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
    const footprint = perResource((resource) => {
      const value = window.values[resource][step]!;
      return Number.isNaN(value) ? null : value;
    });
    if (RESOURCES.some((resource) => footprint[resource] !== null)) {
      return { timestampSeconds: fromSeconds + step * stepSeconds, footprint };
    }
  }
  return null;
}

/** The decision with what was to be expected of this very step, forecast again if the decision is of another. */
async function withExpectation(
  ports: MonitorApplicationPorts,
  decision: AllocationDecision,
  { stepSeconds, settings }: { readonly stepSeconds: number; readonly settings: Settings },
): Promise<AllocationDecision> {
  if (stepStart(decision.decidedAtSeconds, settings.stepSeconds) === stepSeconds) return decision;
  const profile = await ports.profiles.application(decision.applicationId);
  const forecast =
    profile && (await forecastOf(ports, { profile, nowSeconds: stepSeconds }, settings));
  return { ...decision, expected: expectedNext(forecast, settings.detection) };
}
