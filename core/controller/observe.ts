import { largerFootprint } from '#core/capacity/limits.ts';
import type { Supply } from '#core/capacity/supply.ts';
import { forgetErrors, noteFailures } from '#core/detection/incidents/bad-forecast.ts';
import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import { incidentCorrection } from '#core/detection/incidents/incident-correction.ts';
import { knownUse, type LateMeasurements } from '#core/detection/incidents/late-measurement.ts';
import { openMetric, type OpenMetric } from '#core/detection/metric/metric-memory.ts';
import type { Expectation } from '#core/domain/allocation.ts';
import type { Footprint, Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { ExpectedStep } from '#core/expectation/expected-step.ts';
import { overloadCorrection } from './check-utilization.ts';
import { STATE_VERSION, type ControllerState } from './controller-state.ts';
import { learnFromStep, type JudgedDecision } from './learn-from-step.ts';
import { lastingNeed } from './reactive-need.ts';

/** One measured step of an application. */
export interface ObservedStep {
  readonly applicationId: string;
  /** Start of the step. */
  readonly stepSeconds: number;
  readonly actual: Footprint;
  /** The decision that was in force in it; null where none was. */
  readonly decision: JudgedDecision | null;
  /** What was expected of it one forecast lag before. */
  readonly expected: Expectation['byResource'];
  /** Resources that got a new model since the old one was found to fail; none where absent. */
  readonly renewed?: readonly Resource[];
  /** What was found out of its supply; what was known stays where absent. */
  readonly supply?: Supply | null;
  /** What was known beforehand of the step; nothing where absent. */
  readonly event?: ExpectedStep | undefined;
  /** Newest measurements of resources that the step has none of; none where absent. */
  readonly late?: LateMeasurements | undefined;
  /** How detectors are opened; from the bytes of their state where absent. */
  readonly openMetric?: OpenMetric | undefined;
}

/** What a step brought that others have to hear of. */
export interface StepEvents {
  readonly opened: readonly Incident[];
  /** Open incidents that became worth a second message. */
  readonly escalated: readonly Incident[];
  readonly resolved: readonly Incident[];
  /** Incidents that opened, grew or ended: what a store has to write. */
  readonly changed: readonly Incident[];
  /** What the next allocation must at least hold, per resource; null where nothing is demanded. */
  readonly correction: Footprint;
  /** Resources whose model was found to fail in this step: the application is to be trained. */
  readonly retrain: readonly Resource[];
}

export interface Observed {
  readonly state: ControllerState;
  readonly events: StepEvents;
}

/**
 * Learns from one measured step: compares it with what was expected and with what was allocated,
 * and derives what the next decision has to hold. A step that the detector has seen already changes
 * nothing in the detector. Pure; the caller publishes the events.
 */
export function observe(before: ControllerState, step: ObservedStep, settings: Settings): Observed {
  const { applicationId, stepSeconds, actual, decision, expected } = step;
  const detection = detectFootprint(
    step.renewed ? forgetErrors(before.detector, step.renewed) : before.detector,
    {
      applicationId,
      timestampSeconds: stepSeconds,
      actual,
      expected,
      event: step.event,
      late: step.late,
      openMetric: step.openMetric ?? openMetric,
    },
    settings.detection,
  );
  const { state: detector, failed } = noteFailures(detection.state, stepSeconds);
  const used = step.late ? knownUse(actual, step.late, detector) : actual;
  const learnt = learnFromStep(before, { actual: used, decision }, settings);
  const correction = largerFootprint(
    largerFootprint(
      overloadCorrection(used, decision, settings.allocation),
      incidentCorrection(detector),
    ),
    lastingNeed(learnt),
  );
  const { opened, escalated, resolved, changed } = detection;
  return {
    // Written out: a replay observes for every point of its frontier, and spreading takes longer.
    state: {
      version: STATE_VERSION,
      detector,
      correction,
      recentUses: learnt.recentUses,
      shortages: learnt.shortages,
      headroom: learnt.headroom,
      ...(learnt.service && { service: learnt.service }),
      supply: step.supply ?? before.supply,
      lastStepSeconds: stepSeconds,
      unannounced: before.unannounced,
    },
    events: { opened, escalated, resolved, changed, correction, retrain: failed },
  };
}
