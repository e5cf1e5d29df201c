import type { Supply } from '#core/capacity/supply.ts';
import { checkUtilization } from '#core/controller/check-utilization.ts';
import { NEW_CONTROLLER_STATE, type ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { observeSilence } from '#core/controller/observe-silence.ts';
import { observe, type Observed } from '#core/controller/observe.ts';
import { badForecasts } from '#core/detection/incidents/bad-forecast.ts';
import type { OpenMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { Notifier } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { expectedStep } from '#core/expectation/expected-step.ts';
import { announce, announceAgain } from './announce.ts';
import { forgetFuture } from './forget-future.ts';
import { loadStep, type LoadedStep, type StepPorts } from './load-step.ts';
import { newestRange, newestStep } from './newest-step.ts';

export interface MonitoringPorts extends StepPorts {
  readonly incidents: IncidentStore;
  readonly notifier: Notifier;
  /**
   * Finds out how the application gets new instances, given what is known; without it nothing is.
   */
  readonly refreshSupply?: (before: Supply | null) => Promise<Supply | null>;
  /** How detectors are opened; from the bytes of their state where absent. */
  readonly openMetric?: OpenMetric;
}

export interface MonitorRequest {
  readonly applicationId: string;
  readonly nowSeconds: number;
  /** The real time, where `nowSeconds` may be another: see `forgetFuture`. */
  readonly clockSeconds?: number;
}

export type MonitorApplication = typeof monitorApplication;

/**
 * Observes the newest measured step of an application that ended before `nowSeconds`, or its
 * silence where none is new; null when that brings no news. What an earlier run held back and did
 * not come to publish is published first. The state is saved only after the alerts were published
 * or marked in it as held back: where publishing fails, the next run comes to the same incident and
 * publishes it. Four calls: state and newest points at the same time, the allocation log, the
 * state.
 */
export async function monitorApplication(
  ports: MonitoringPorts,
  { applicationId, nowSeconds, clockSeconds }: MonitorRequest,
  settings: Settings,
): Promise<MonitoringResult | null> {
  const range = newestRange(nowSeconds, settings);
  const [stored, window] = await Promise.all([
    ports.incidents.state(applicationId),
    ports.history.read(applicationId, range, settings.stepSeconds),
  ]);
  const known = stored ?? NEW_CONTROLLER_STATE;
  const before = clockSeconds === undefined ? known : forgetFuture(known, clockSeconds);
  await announceAgain(ports.notifier, before);
  const supply = (await ports.refreshSupply?.(before.supply)) ?? null;
  const newest = newestStep(window, before, settings);
  if (newest === null) return null;
  if (newest.kind === 'silent') {
    const silence = observeSilence(before, { applicationId, ...newest }, settings);
    if (silence === null) return null;
    await commitObserved(ports, { applicationId, before, observed: silence });
    return silenceResult(applicationId, newest.stepSeconds, silence);
  }
  const { point, late } = newest;
  const { detector, lastStepSeconds } = before;
  const measured = { applicationId, point, late, detector, lastStepSeconds };
  const step = await loadStep(ports, measured, settings);
  const { openMetric } = ports;
  const { stepSeconds } = settings;
  const now = { applicationId, fromSeconds: point.timestampSeconds, stepSeconds };
  const event = (await expectedStep(ports.history, now, settings)) ?? undefined;
  const observed = observe(before, { supply, event, openMetric, ...step }, settings);
  await commitObserved(ports, { applicationId, before, observed });
  return stepResult(step, observed, settings);
}

/** Publishes what was observed, then writes it. */
async function commitObserved(
  { notifier, incidents }: Pick<MonitoringPorts, 'notifier' | 'incidents'>,
  {
    applicationId,
    before,
    observed,
  }: {
    readonly applicationId: string;
    readonly before: ControllerState;
    readonly observed: Observed;
  },
): Promise<void> {
  const { state, events } = observed;
  const unannounced = await announce(notifier, before, events);
  await incidents.save(applicationId, { ...state, unannounced }, events.changed);
}

function stepResult(
  { applicationId, stepSeconds, actual, decision, unusable }: LoadedStep,
  { state, events }: Observed,
  { allocation }: Settings,
): MonitoringResult {
  const { correction, opened, escalated, resolved, retrain } = events;
  return {
    applicationId,
    atSeconds: stepSeconds,
    actual,
    allocated: decision?.allocated ?? EMPTY_FOOTPRINT,
    ...checkUtilization(actual, decision, allocation),
    correction,
    opened,
    escalated,
    resolved,
    badForecasts: badForecasts(state.detector),
    retrain: [...new Set([...retrain, ...unusable])],
    ...(unusable.length > 0 && { unusable }),
  };
}

function silenceResult(
  applicationId: string,
  atSeconds: number,
  { events }: Observed,
): MonitoringResult {
  const { correction, opened, escalated, resolved, retrain } = events;
  return {
    applicationId,
    atSeconds,
    actual: EMPTY_FOOTPRINT,
    allocated: EMPTY_FOOTPRINT,
    utilization: null,
    status: 'not-measured',
    correction,
    opened,
    escalated,
    resolved,
    badForecasts: [],
    retrain,
  };
}
