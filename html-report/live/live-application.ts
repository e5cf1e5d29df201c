import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';

/** What is known of an application at the moment, as a server shows it. */
export interface LiveApplication {
  readonly applicationId: string;
  /** Whether some of its history was simulated, not measured. */
  readonly isSimulated: boolean;
  readonly decision: AllocationDecision;
  /** Instances in service when it was decided. */
  readonly present: number;
  /** What most needs a look, as `foreprint status` says it. */
  readonly risk: string;
  /**
   * Share of the instances that the largest use of the history needs which is not wanted now; null
   * where nothing is counted in instances.
   */
  readonly savings: number | null;
  /** The last days; NaN where not measured. */
  readonly history: FootprintWindow;
  /** Forecasts from the decision on. */
  readonly forecast: Readonly<Partial<Record<Resource, QuantileForecast>>>;
  /** Open and recent, newest first. */
  readonly incidents: readonly Incident[];
}

/** How the server itself is doing. Times are Unix seconds. */
export interface LiveHealth {
  readonly startedAtSeconds: number;
  /** End of the last interval; null before the first. */
  readonly intervalAtSeconds: number | null;
  readonly stepSeconds: number;
  readonly intervals: number;
  /** Intervals in which something failed. */
  readonly failedIntervals: number;
  /** What failed in the last interval. */
  readonly failures: readonly string[];
  /** Where measurements come from. */
  readonly source: string;
}

export interface LiveFleet {
  /** In the order of their identifiers. */
  readonly applications: readonly LiveApplication[];
  readonly health: LiveHealth;
}
