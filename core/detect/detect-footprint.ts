import type { Expectation } from '#core/allocation.ts';
import type { Footprint, Resource } from '#core/footprint.ts';
import { RESOURCES } from '#core/footprint.ts';
import type { Incident } from '#core/incident.ts';
import type { DetectionSettings } from '#core/settings.ts';
import { detectStep } from './detect-step.ts';
import { initialResourceState } from './detector-state.ts';
import type { ResourceDetectorState, DetectorState } from './detector-state.ts';

export interface FootprintObservation {
  readonly applicationId: string;
  readonly timestampSeconds: number;
  readonly actual: Footprint;
  readonly expected: Expectation['byResource'];
}

export interface FootprintDetection {
  readonly state: DetectorState;
  readonly opened: readonly Incident[];
  readonly resolved: readonly Incident[];
  /** Incidents open after this observation. */
  readonly open: readonly Incident[];
  /** Incidents that opened, grew or ended: what a store has to write. */
  readonly changed: readonly Incident[];
  /** Largest severity over the resources. */
  readonly severity: number;
}

/** One observation of all resources: `detectStep` for each that was measured, forecast, or observed before. */
export function detectFootprint(
  before: DetectorState,
  observation: FootprintObservation,
  settings: DetectionSettings,
): FootprintDetection {
  const state: Partial<Record<Resource, ResourceDetectorState>> = {};
  const [opened, resolved, open, changed]: Incident[][] = [[], [], [], []];
  let severity = 0;
  for (const resource of RESOURCES) {
    const actual = observation.actual[resource];
    const expected = observation.expected[resource] ?? null;
    const known = before[resource];
    if (known === undefined && (actual === null || expected === null)) continue;
    const start = known ?? initialResourceState(observation.applicationId, resource);
    const { timestampSeconds } = observation;
    const step = detectStep(start, { timestampSeconds, actual, expected }, settings);
    state[resource] = step.state;
    severity = Math.max(severity, step.severity);
    if (step.resolved !== null) resolved!.push(step.resolved);
    if (step.opened !== null) opened!.push(step.opened);
    if (step.open !== null) open!.push(step.open);
    changed!.push(...changes(start.open, step.resolved, step.open));
  }
  return {
    state,
    opened: opened!,
    resolved: resolved!,
    open: open!,
    changed: changed!,
    severity,
  };
}

function changes(
  before: Incident | null,
  resolved: Incident | null,
  open: Incident | null,
): readonly Incident[] {
  const grown = open !== null && open !== before ? [open] : [];
  return resolved === null ? grown : [resolved, ...grown];
}
