import { placeAll } from './build-trace.ts';
import { fitStep } from '#adapters/local/steps/fit-step.ts';
import type { PlacedApplication, SteppedRows } from './place-application.ts';
import { readRowsOf, requireUsableStep, type ReadTraceOptions } from './read-trace.ts';
import { mostCommonStep, stepRows, wholeStep } from './step-rows.ts';
import { traceNotices } from './trace-notices.ts';

/** Footprint traces as points: what was measured, whatever time lies between. */
export interface TracePoints {
  /** Rows of all files, those of applications that are left out among them. */
  readonly rows: number;
  /** In the order of their identifiers, each on a step of its own. */
  readonly applications: readonly PlacedApplication[];
  /** What was put right or looks odd, one sentence each. */
  readonly notices: readonly string[];
}

export interface ReadPointsOptions extends ReadTraceOptions {
  /**
   * Step in seconds of what is stored of an application already; a shorter one is averaged over it.
   */
  readonly storedStep?: (applicationId: string) => number | undefined;
}

/**
 * Reads footprint traces as `readTrace` does, but takes memory for what was measured only, and lets
 * applications have different steps.
 * @throws InputError naming file, line, column and what is wrong.
 * @throws RangeError if there is no path or the step is not a positive whole number of seconds.
 */
export async function readPoints(
  paths: readonly string[],
  { stepSeconds, storedStep = () => undefined }: ReadPointsOptions = {},
): Promise<TracePoints> {
  requireUsableStep(stepSeconds);
  const stepped = stepRows(await readRowsOf(paths));
  const common = stepSeconds ?? mostCommonStep(stepped);
  const stepOf = (application: SteppedRows): number =>
    stepSeconds ?? ownStep(application, common, storedStep(application.applicationId));
  const { placed, leftOut } = placeAll(stepped, stepOf);
  const notices = traceNotices(
    placed.map(({ findings }) => findings),
    leftOut,
  );
  const count = stepped.reduce((sum, { rows }) => sum + rows.count, 0);
  return { rows: count, applications: placed, notices };
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
