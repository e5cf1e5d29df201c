import type { FootprintWindow } from '#core/domain/footprint.ts';

/** What one application of a trace used. */
export interface TraceApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** On the grid of the whole trace: every window of a trace has the same start, step and length. */
  readonly window: FootprintWindow;
}

/** Footprint traces on one regular grid, whose steps start at multiples of the step. NaN is a gap. */
export interface Trace {
  /** The paths as they were given. */
  readonly sources: readonly string[];
  /** Start of the first step of any application. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Length of every window. */
  readonly steps: number;
  /** In the order of their identifiers. */
  readonly applications: readonly TraceApplication[];
  /** What was put right or looks odd, one sentence each. */
  readonly notices: readonly string[];
}
