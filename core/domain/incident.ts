import type { Cause } from './detection-cause.ts';
import type { Footprint, Resource } from './footprint.ts';

export type Direction = 'above' | 'below';

/** `page` needs attention at once, `warn` during working hours. */
export type IncidentLevel = 'warn' | 'page';

/** Cause of a strange step: a view of the residual, a new extreme, or that nothing was measured. */
export type IncidentCause = Cause | 'absence';

/**
 * A period of strange behaviour of one application. It causes one alert, however many points and
 * resources it covers.
 */
export interface Incident {
  readonly applicationId: string;
  /** Main resource: the first one that deviated from its forecast. */
  readonly resource: Resource;
  /** All resources involved so far, the main resource first. */
  readonly resources: readonly Resource[];
  readonly direction: Direction;
  readonly level: IncidentLevel;
  /** Causes when the incident opened, largest contribution first. */
  readonly causes: readonly IncidentCause[];
  /**
   * The forecast is suspected if the simple forecasts found nothing strange. The model must be
   * trained again then.
   */
  readonly suspect: 'application' | 'forecast';
  /** True if the incident began during a deployment of the calendar. */
  readonly afterDeploy: boolean;
  readonly startSeconds: number;
  /** Null while the incident is open. */
  readonly endSeconds: number | null;
  /** Largest distance outside the calibrated interval so far, in half widths of the interval. */
  readonly severity: number;
  readonly peakActual: number;
  /** Median and interval of the forecast at the moment of the peak. */
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/** Result of monitoring one application in one step. */
export interface MonitoringResult {
  readonly applicationId: string;
  readonly atSeconds: number;
  readonly actual: Footprint;
  readonly allocated: Footprint;
  /** Largest actual ÷ allocated over the resources; null without an allocation. */
  readonly utilization: number | null;
  readonly status: 'no-allocation' | 'within' | 'over' | 'under' | 'not-measured';
  /** Smallest need per resource that the next allocation must cover; null without a correction. */
  readonly correction: Footprint;
  readonly opened: readonly Incident[];
  /** Open incidents that became severe enough for a second message. */
  readonly escalated: readonly Incident[];
  readonly resolved: readonly Incident[];
  /**
   * Resources whose model has been worse than the simple forecast for a day. Their models must be
   * trained again.
   */
  readonly badForecasts: readonly Resource[];
  /**
   * The resources of `badForecasts` and `unusable` that are new in this step: the application must
   * be trained at once.
   */
  readonly retrain: readonly Resource[];
  /** Resources whose model file cannot be used; absent where there are none. */
  readonly unusable?: readonly Resource[];
}
