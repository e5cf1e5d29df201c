import type { FootprintWindow } from '#core/domain/footprint.ts';

/** Usage of one application of a trace. */
export interface TraceApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /**
   * On the grid of the whole trace: every window of a trace has the same start, step and length.
   */
  readonly window: FootprintWindow;
}

/**
 * Footprint traces on one regular grid whose steps start at multiples of the step. NaN is a gap.
 */
export interface Trace {
  /** The paths as given by the caller. */
  readonly sources: readonly string[];
  /** Start of the first step of any application. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Length of every window. */
  readonly steps: number;
  /** True if any row says that it was simulated. */
  readonly simulated: boolean;
  /** Sorted by identifier. */
  readonly applications: readonly TraceApplication[];
  /** Corrections and irregularities, one sentence each. */
  readonly notices: readonly string[];
}
