import { InputError } from '#adapters/local/input-error.ts';
import { spreadSteps } from '#adapters/local/steps/spread-steps.ts';
import { perResource, type Resource } from '#core/domain/footprint.ts';
import { placeApplication, type PlacedApplication, type SteppedRows } from './place-application.ts';
import { mostCommonStep, stepRows } from './step-rows.ts';
import { traceNotices, type LeftOut } from './trace-notices.ts';
import type { TraceRows } from './trace-rows.ts';
import type { Trace, TraceApplication } from './trace.ts';

/**
 * Places the rows of all applications on one grid. If two rows measured the same step, the later
 * row of the files counts. An application whose times do not fit is omitted with a notice.
 * @param requestedStepSeconds step of the grid; inferred if undefined.
 * @throws InputError if no application fits, or the grid has too many steps for the memory.
 */
export function buildTrace(
  sources: readonly string[],
  rows: TraceRows,
  requestedStepSeconds: number | undefined,
): Trace {
  const stepped = stepRows(rows);
  const stepSeconds = requestedStepSeconds ?? mostCommonStep(stepped);
  const { placed, leftOut } = placeAll(stepped, () => stepSeconds);
  const span = gridSpan(placed, stepSeconds);
  return {
    sources,
    startSeconds: span.first * stepSeconds,
    stepSeconds,
    steps: span.length,
    simulated: stepped.some(({ rows: { isSimulated } }) => isSimulated),
    applications: placed.map((application) => onGrid(application, span)),
    notices: traceNotices(
      placed.map(({ findings }) => findings),
      leftOut,
    ),
  };
}

/** @throws InputError if no application is left. */
export function placeAll(
  stepped: readonly SteppedRows[],
  stepOf: (application: SteppedRows) => number,
): { readonly placed: readonly PlacedApplication[]; readonly leftOut: readonly LeftOut[] } {
  const placed: PlacedApplication[] = [];
  const leftOut: LeftOut[] = [];
  for (const application of stepped) {
    const result = placeApplication(application, stepOf(application));
    if (typeof result !== 'string') placed.push(result);
    else leftOut.push({ applicationId: application.applicationId, fault: result });
  }
  if (placed.length > 0) return { placed, leftOut };
  const [{ applicationId, fault }] = leftOut as [LeftOut];
  const others = leftOut.length > 1 ? `, and no other of ${leftOut.length} fits a step either` : '';
  throw new InputError({
    file: stepped[0]!.rows.file,
    column: 'timestamp',
    problem: `application ${applicationId} ${fault}${others}`,
  });
}

interface Span {
  readonly first: number;
  readonly length: number;
}

/** Most slots of a grid over all applications; a slot has four values of eight bytes. */
const MOST_SLOTS = 16_000_000;

function gridSpan(placed: readonly PlacedApplication[], stepSeconds: number): Span {
  const extents = placed.map((application) => ({
    ...application,
    first: application.steps[0] ?? NaN,
    last: application.steps.at(-1) ?? NaN,
  }));
  const earliest = extents.reduce((least, each) => (each.first < least.first ? each : least));
  const latest = extents.reduce((most, each) => (each.last > most.last ? each : most));
  const [{ first }, { last }] = [earliest, latest];
  const length = last - first + 1;
  if (length * placed.length <= MOST_SLOTS) return { first, length };
  const day = (step: number) => new Date(step * stepSeconds * 1000).toISOString().slice(0, 10);
  throw new InputError({
    file: latest.file,
    column: 'timestamp',
    problem:
      `${placed.length} applications from ${day(first)} (${earliest.applicationId}) ` +
      `to ${day(last)} (${latest.applicationId}) have ${length} steps of ${stepSeconds} s each; ` +
      `at most ${MOST_SLOTS} in all can be compared at once`,
  });
}

function onGrid(
  { applicationId, applicationType, stepSeconds, steps, values }: PlacedApplication,
  { first, length }: Span,
): TraceApplication {
  const column = (resource: Resource): Float64Array => {
    const measured = values.get(resource);
    return measured
      ? spreadSteps({ steps, values: measured }, first, length)
      : new Float64Array(length).fill(NaN);
  };
  const window = { startSeconds: first * stepSeconds, stepSeconds, values: perResource(column) };
  return { applicationId, applicationType, window };
}
