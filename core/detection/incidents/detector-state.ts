import type { Resource } from '#core/domain/footprint.ts';
import type { Direction, Incident, IncidentCause, IncidentLevel } from '#core/domain/incident.ts';

/** Written into every state; detection begins anew from a state with another number. */
export const DETECTOR_VERSION = 4;

/** One judged measurement. */
export interface DetectorPoint {
  readonly atSeconds: number;
  readonly actual: number;
  /** Side on which it lies outside what was expected, null inside. */
  readonly direction: Direction | null;
  /** Distance outside in half widths of the interval, 0 inside. */
  readonly severity: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** It lies where the simple forecasters had it, whatever the trained model expected. */
  readonly isUsual: boolean;
}

/** The last step whose severity reached the metric's own threshold. */
export interface Evidence {
  readonly atSeconds: number;
  readonly level: IncidentLevel;
  readonly causes: readonly IncidentCause[];
}

/** What the detector remembers of one resource. */
export interface ResourceDetectorState {
  /** The metric detector and its threshold, in base64. */
  readonly memory: string;
  /** The last n judged points, oldest first. */
  readonly recent: readonly DetectorPoint[];
  readonly evidence: Evidence | null;
  /** Measurements in a row outside on the same side, up to now. */
  readonly outsideRun: number;
  /** Measurements so far: early on the interval alone decides. */
  readonly rows: number;
  /** Slow mean of the absolute values. */
  readonly usualLevel: number;
  /** Slow means of the absolute error of the trained model and of the simple forecasters' base. */
  readonly modelError: number;
  readonly baseError: number;
  /** Judged against a model so many times. */
  readonly modelled: number;
  /** When the model was last found to fail badly; absent where it was not, or where a new model has its place. */
  readonly failedAtSeconds?: number;
}

/** After an incident that ended by its age: what is not reported again before it was quiet once. */
export interface Muted {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly severity: number;
}

/** After an incident that ended: until when leaving the other side is what a forecast that followed it is expected to cause. */
export interface Echo {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly untilSeconds: number;
}

/** Everything the detector of one application remembers between two steps. */
export interface DetectorState {
  readonly version: number;
  readonly resources: Readonly<Partial<Record<Resource, ResourceDetectorState>>>;
  readonly open: Incident | null;
  /** The side on which each resource of the open incident left what was expected. */
  readonly involved: Readonly<Partial<Record<Resource, Direction>>>;
  /** Steps in a row in which no resource of the incident lay on its side, and the instant of the first of them. */
  readonly quietSteps: number;
  readonly quietSinceSeconds: number | null;
  /** Time of the last step with a measurement, and of the last one of any kind. */
  readonly lastPointSeconds: number | null;
  readonly lastSeconds: number | null;
  readonly muted: Muted | null;
  readonly echo: Echo | null;
}

export const INITIAL_DETECTOR_STATE: DetectorState = {
  version: DETECTOR_VERSION,
  resources: {},
  open: null,
  involved: {},
  quietSteps: 0,
  quietSinceSeconds: null,
  lastPointSeconds: null,
  lastSeconds: null,
  muted: null,
  echo: null,
};
