import type { Footprint, Resource } from './footprint.ts';

export type Direction = 'above' | 'below';

/** One stretch of strange behaviour of one resource: one alert, whatever number of points it spans. */
export interface Incident {
  readonly applicationId: string;
  readonly resource: Resource;
  readonly direction: Direction;
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
  readonly status: 'no-allocation' | 'within' | 'over' | 'under';
  /** What the next allocation must at least hold, per resource; null where nothing is to be corrected. */
  readonly correction: Footprint;
  readonly opened: readonly Incident[];
  readonly resolved: readonly Incident[];
}
