import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import { DEFAULT_STEP_SECONDS } from '#adapters/time-grid/infer-step-seconds.ts';
import { InputError } from '#adapters/local/input-error.ts';
import type { ApplicationRows } from './application-rows.ts';
import { fillWindow, type FillCounts } from './fill-window.ts';
import { gridSpan, type PlacedRows } from './grid-span.ts';
import { rowSteps, type RowSteps } from './row-steps.ts';
import { stepFault } from './step-fault.ts';
import { placeOnGrid } from './step-grid.ts';
import type { Trace, TraceApplication } from './trace.ts';
import { traceNotices } from './trace-notices.ts';
import type { TraceRows } from './trace-rows.ts';
import { typicalStep } from './typical-step.ts';

interface Placed extends PlacedRows {
  readonly steps: RowSteps;
}

/**
 * Places the rows of all applications on one grid. If two rows measured the same step, the later
 * row of the files counts.
 * @param requestedStepSeconds step of the grid; inferred if undefined.
 * @throws InputError that names the application whose times do not fit the step.
 */
export function buildTrace(
  sources: readonly string[],
  rows: TraceRows,
  requestedStepSeconds: number | undefined,
): Trace {
  const byId = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const steps = byId.map(([, application]) => rowSteps(application.timesInFileOrder()));
  const stepSeconds = requestedStepSeconds ?? commonStep(steps);
  const placed = byId.map(([applicationId, application], a): Placed => {
    requireStep(applicationId, application, { differences: steps[a]!.differences, stepSeconds });
    const places = placeOnGrid(application.timesInFileOrder(), stepSeconds);
    return { applicationId, rows: application, steps: steps[a]!, places };
  });
  const span = gridSpan(placed, stepSeconds);
  const filled = placed.map((application) =>
    fillApplication(application, { ...span, stepSeconds }),
  );
  return {
    sources,
    startSeconds: span.first * stepSeconds,
    stepSeconds,
    steps: span.length,
    applications: filled.map(({ application }) => application),
    notices: traceNotices(
      placed.map(({ applicationId, steps: { backwards }, places }, a) => {
        return { applicationId, backwards, ...places, ...filled[a]!.counts };
      }),
    ),
  };
}

/**
 * The step of most applications, the smaller one on a tie; five minutes if no application has two
 * points.
 */
function commonStep(steps: readonly RowSteps[]): number {
  const votes = new Map<number, number>();
  for (const { differences } of steps) {
    const step = typicalStep(differences);
    if (step !== null) votes.set(step, (votes.get(step) ?? 0) + 1);
  }
  const ranked = [...votes].sort(([a, m], [b, n]) => n - m || a - b);
  return ranked[0]?.[0] ?? DEFAULT_STEP_SECONDS;
}

function requireStep(
  applicationId: string,
  { file }: ApplicationRows,
  {
    differences,
    stepSeconds,
  }: { readonly differences: Float64Array; readonly stepSeconds: number },
): void {
  const fault = stepFault(differences, stepSeconds);
  if (fault === null) return;
  throw new InputError({
    file,
    column: 'timestamp',
    problem: `application ${applicationId} ${fault}`,
  });
}

function fillApplication(
  { applicationId, rows, places }: Placed,
  grid: { readonly first: number; readonly length: number; readonly stepSeconds: number },
): { readonly application: TraceApplication; readonly counts: FillCounts } {
  const values = perResource(() => new Float64Array(grid.length).fill(NaN));
  const slots = places.steps.map((step) => step - grid.first);
  const counts = fillWindow(
    { slots, times: rows.timesInFileOrder() },
    RESOURCES.map((resource) => {
      return { from: rows.valuesInFileOrder(resource), to: values[resource] };
    }),
  );
  const window = {
    startSeconds: grid.first * grid.stepSeconds,
    stepSeconds: grid.stepSeconds,
    values,
  };
  return {
    application: { applicationId, applicationType: rows.applicationType, window },
    counts,
  };
}
