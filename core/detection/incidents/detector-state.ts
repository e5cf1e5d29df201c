import type { Resource } from '#core/domain/footprint.ts';
import type { Direction, Incident, IncidentCause, IncidentLevel } from '#core/domain/incident.ts';

/**
 * Written into every state. It rises when the memory of a metric is laid out anew or means
 * something else; `detectorStateSchema` says what is kept of a state with the number before.
 */
export const DETECTOR_VERSION = 5;

/** A measurement and its comparison with the forecast. */
export interface DetectorPoint {
  readonly atSeconds: number;
  readonly actual: number;
  /** Side on which the value is outside the expected interval; null inside. */
  readonly direction: Direction | null;
  /** Distance outside the interval in half widths; 0 inside. */
  readonly severity: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /**
   * True if the value is inside the band of the simple forecast, whatever the trained model
   * expected.
   */
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
  /** Metric detector and its threshold, in base64. */
  readonly memory: string;
  /** The last n points, oldest first. */
  readonly recent: readonly DetectorPoint[];
  readonly evidence: Evidence | null;
  /** Number of the last measurements in a row outside on the same side. */
  readonly outsideRun: number;
  /** Number of measurements. In the first ones the interval alone decides. */
  readonly rows: number;
  /** Slow mean of the absolute values. */
  readonly usualLevel: number;
  /** Slow means of the absolute errors of the trained model and of the simple forecast. */
  readonly modelError: number;
  readonly baseError: number;
  /** Number of measurements compared with a trained model. */
  readonly modelled: number;
  /**
   * Time when the model was last reported as failing; absent if it never failed or was replaced.
   */
  readonly failedAtSeconds?: number;
  /** How late it is measured; absent while its measurements come with those of the others. */
  readonly late?: Lateness;
}

/** A resource whose measurements come later than those of the others. */
export interface Lateness {
  /** Start of the step that its last judged measurement is of. */
  readonly measuredSeconds: number;
  /** Seconds that it may lag behind before it counts as missing: the most that was seen. */
  readonly lagSeconds: number;
}

/**
 * Set when an incident ends by its age: the same deviation is not reported again until the metric
 * was quiet once.
 */
export interface Muted {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly severity: number;
}

/**
 * Set when an incident ends. Until `untilSeconds` a deviation on the other side is attributed to a
 * forecast that followed the incident.
 */
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
  /** Side on which each resource of the open incident deviated. */
  readonly involved: Readonly<Partial<Record<Resource, Direction>>>;
  /**
   * Steps in a row in which no resource of the incident deviated on its side, and the time of the
   * first of them.
   */
  readonly quietSteps: number;
  readonly quietSinceSeconds: number | null;
  /** Time of the last step with a measurement, and of the last step of any kind. */
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
