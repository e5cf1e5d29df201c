import { InputError } from '#adapters/local/input-error.ts';
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
  let [earliest, latest] = [placed[0]!, placed[0]!];
  for (const application of placed) {
    if (application.steps[0]! < earliest.steps[0]!) earliest = application;
    if (application.steps.at(-1)! > latest.steps.at(-1)!) latest = application;
  }
  const [first, last] = [earliest.steps[0]!, latest.steps.at(-1)!];
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
    const all = new Float64Array(length).fill(NaN);
    const measured = values.get(resource);
    if (measured) steps.forEach((step, k) => (all[step - first] = measured[k]!));
    return all;
  };
  const window = { startSeconds: first * stepSeconds, stepSeconds, values: perResource(column) };
  return { applicationId, applicationType, window };
}
