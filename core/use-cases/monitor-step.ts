import { largerFootprint } from '#core/capacity/limits.ts';
import type { Supply } from '#core/capacity/supply.ts';
import type { AllocationDecision, Expectation } from '#core/domain/allocation.ts';
import {
  badForecasts,
  forgetErrors,
  noteFailures,
} from '#core/detection/incidents/bad-forecast.ts';
import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import type { OpenMetric } from '#core/detection/metric/metric-memory.ts';
import { incidentCorrection } from '#core/detection/incidents/incident-correction.ts';
import { EMPTY_FOOTPRINT, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { IncidentStore, Notifier } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { announce } from './announce.ts';
import { checkUtilization } from '#core/controller/check-utilization.ts';
import { advanceControl, lastingNeed, NEW_CONTROL } from '#core/controller/control-state.ts';
import { readMonitorState } from '#core/controller/monitor-state.ts';

export interface MonitoringPorts {
  readonly incidents: IncidentStore;
  readonly notifier: Notifier;
  /** How detectors are opened; from the bytes of their state where absent. */
  readonly openMetric?: OpenMetric;
}

/** One measured step of an application, the decision that was in force during it, and what was expected of it. */
export interface MonitoredStep {
  readonly applicationId: string;
  readonly stepSeconds: number;
  readonly actual: Footprint;
  readonly decision: AllocationDecision | null;
  readonly expected: Expectation['byResource'];
  /** Resources that got a new model since the old one was found to fail; none where absent. */
  readonly renewed?: readonly Resource[];
  /** What was found out of its supply; what was known stays where absent. */
  readonly supply?: Supply | undefined;
}

/**
 * Compares one measured step with what was allocated and with what was forecast for it; keeps the correction that the
 * next allocation has to honour, and publishes incidents when they open, become worse and end.
 */
export async function monitorStep(
  ports: MonitoringPorts,
  step: MonitoredStep,
  settings: Settings,
): Promise<MonitoringResult> {
  const { applicationId, stepSeconds, actual, decision, expected, renewed = [] } = step;
  const state = await readMonitorState(ports.incidents, applicationId);
  const supply = step.supply ?? state.supply;
  const check = checkUtilization(actual, decision, settings.allocation);
  const detection = detectFootprint(
    forgetErrors(state.detector, renewed),
    {
      applicationId,
      timestampSeconds: stepSeconds,
      actual,
      expected,
      openMetric: ports.openMetric,
    },
    settings.detection,
  );
  const control = advanceControl(state.control ?? NEW_CONTROL, { actual, decision }, settings);
  const correction = [incidentCorrection(detection.state), lastingNeed(control)].reduce(
    largerFootprint,
    check.correction,
  );
  const failures = noteFailures(detection.state, stepSeconds);
  const unannounced = await announce(ports.notifier, state, detection);
  await ports.incidents.save(
    applicationId,
    {
      ...{ detector: failures.state, correction, control, unannounced },
      lastStepSeconds: stepSeconds,
      ...(supply && { supply }),
    },
    detection.changed,
  );
  return {
    applicationId,
    atSeconds: stepSeconds,
    actual,
    allocated: decision?.allocated ?? EMPTY_FOOTPRINT,
    utilization: check.utilization,
    status: check.status,
    correction,
    opened: detection.opened,
    escalated: detection.escalated,
    resolved: detection.resolved,
    badForecasts: badForecasts(failures.state),
    retrain: failures.failed,
  };
}
