import { fitStep } from '#adapters/local/steps/fit-step.ts';
import { placeAll } from './build-trace.ts';
import type { PlacedApplication, SteppedRows } from './place-application.ts';
import { readRowsOf, requireUsableStep, type ReadTraceOptions } from './read-trace.ts';
import { mostCommonStep, stepRows, wholeStep } from './step-rows.ts';
import { traceNotices } from './trace-notices.ts';

/** Footprint traces as points: only measured steps, without a common grid. */
export interface TracePoints {
  /** Number of rows of all files, including those of omitted applications. */
  readonly rows: number;
  /** Sorted by identifier, each with its own step. */
  readonly applications: readonly PlacedApplication[];
  /** Corrections and irregularities, one sentence each. */
  readonly notices: readonly string[];
}

export interface ReadPointsOptions extends ReadTraceOptions {
  /**
   * Step in seconds of the application's stored history. Rows with a shorter step are averaged over
   * it.
   */
  readonly storedStep?: (applicationId: string) => number | undefined;
}

/**
 * Reads footprint traces like `readTrace`, but only takes memory for measured points, and
 * applications may have different steps.
 * @throws InputError that names file, line, column and the fault.
 * @throws RangeError if there is no path, or the step is not a positive whole number of seconds.
 */
export async function readPoints(
  paths: readonly string[],
  { stepSeconds, input, storedStep = () => undefined }: ReadPointsOptions = {},
): Promise<TracePoints> {
  requireUsableStep(stepSeconds);
  const read = await readRowsOf(paths, input);
  const stepped = stepRows(read.rows);
  const common = stepSeconds ?? mostCommonStep(stepped);
  const stepOf = (application: SteppedRows): number =>
    stepSeconds ?? ownStep(application, common, storedStep(application.applicationId));
  const { placed, leftOut } = placeAll(stepped, stepOf);
  const found = traceNotices(
    placed.map(({ findings }) => findings),
    leftOut,
  );
  const count = stepped.reduce((sum, { rows }) => sum + rows.count, 0);
  return { rows: count, applications: placed, notices: [...read.notices, ...found] };
}

function ownStep(
  { rowSteps: { differences }, own }: SteppedRows,
  common: number,
  stored: number | undefined,
): number {
  const fit = (step: number) => fitStep(differences, own, step);
  if (stored !== undefined && fit(stored) === 'averaged') return stored;
  if (own.step === null || fit(common) === 'rounded') return common;
  return wholeStep(own.step);
}
