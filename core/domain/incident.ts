import type { Cause } from './detection-cause.ts';
import type { Footprint, Resource } from './footprint.ts';

export type Direction = 'above' | 'below';

/** `page` wakes somebody up, `warn` waits for working hours. */
export type IncidentLevel = 'warn' | 'page';

/** What made a step strange: views of the residual, a new extreme, or that nothing was measured. */
export type IncidentCause = Cause | 'absence';

/**
 * One stretch of strange behaviour of one application: one alert, whatever number of points and resources it spans.
 */
export interface Incident {
  readonly applicationId: string;
  /** The resource that led: the first to leave what was expected of it. */
  readonly resource: Resource;
  /** Every resource that took part so far, the leading one first. */
  readonly resources: readonly Resource[];
  readonly direction: Direction;
  readonly level: IncidentLevel;
  /** What made it strange when it opened, the largest share first. */
  readonly causes: readonly IncidentCause[];
  /** The forecast is suspected where simple forecasters saw nothing strange: the model is to be trained anew. */
  readonly suspect: 'application' | 'forecast';
  /** Within a deployment's time, according to the calendar. */
  readonly afterDeploy: boolean;
  readonly startSeconds: number;
  /** Null while the incident is open. */
  readonly endSeconds: number | null;
  /** Largest distance outside the calibrated interval so far, in half widths of the interval. */
  readonly severity: number;
  readonly peakActual: number;
  /** The forecast median and the interval at the moment of the peak. */
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/** What monitoring found in one interval. */
export interface MonitoringResult {
  readonly applicationId: string;
  readonly atSeconds: number;
  readonly actual: Footprint;
  readonly allocated: Footprint;
  /** Largest actual ÷ allocated over the resources, null without an allocation. */
  readonly utilization: number | null;
  readonly status: 'no-allocation' | 'within' | 'over' | 'under' | 'not-measured';
  /** What the next allocation must at least hold, per resource; null where nothing is to be corrected. */
  readonly correction: Footprint;
  readonly opened: readonly Incident[];
  /** Open incidents that became worth a second message. */
  readonly escalated: readonly Incident[];
  readonly resolved: readonly Incident[];
  /** Resources whose model has been worse than simple forecasters for a day: to be trained anew. */
  readonly badForecasts: readonly Resource[];
  /** Those of them that were found in this interval: the application is to be trained at once. */
  readonly retrain: readonly Resource[];
}
