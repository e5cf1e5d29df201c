import { collapseRows } from '#adapters/local/steps/collapse-rows.ts';
import type { FoundStep } from '#adapters/local/steps/find-step.ts';
import { fitStep } from '#adapters/local/steps/fit-step.ts';
import type { RowSteps } from '#adapters/local/steps/row-steps.ts';
import { placeOnGrid, placeWithinSteps } from '#adapters/local/steps/step-grid.ts';
import {
  LONGEST_STEP_SECONDS,
  PEAK_RESOURCES,
  RESOURCES,
  type Resource,
} from '#core/domain/footprint.ts';
import type { ApplicationRows } from './application-rows.ts';
import type { ApplicationFindings } from './trace-notices.ts';

/** The rows of one application and the differences of their times. */
export interface SteppedRows {
  readonly applicationId: string;
  readonly rows: ApplicationRows;
  readonly rowSteps: RowSteps;
  readonly own: FoundStep;
}

/** Usage of one application at the measured steps. */
export interface PlacedApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** True if any row says that it was simulated. */
  readonly isSimulated: boolean;
  readonly file: string;
  readonly stepSeconds: number;
  /** Increasing step numbers. A step starts at number × stepSeconds. */
  readonly steps: Float64Array;
  /** Per measured resource, one value per step; NaN means "not measured". */
  readonly values: ReadonlyMap<Resource, Float64Array>;
  readonly findings: ApplicationFindings;
}

/**
 * More steps than this, and more than this many per row, mean that a time is wrong, not that there
 * are long gaps.
 */
const STEPS_ALWAYS_ALLOWED = 1_000_000;
const STEPS_PER_ROW = 32;

/**
 * Places the rows of an application on a step. Returns a text with the reason, as the end of a
 * sentence, if that is not possible.
 */
export function placeApplication(
  { applicationId, rows, rowSteps, own }: SteppedRows,
  stepSeconds: number,
): PlacedApplication | string {
  if (stepSeconds > LONGEST_STEP_SECONDS) return longStepFault(stepSeconds);
  const fit = fitStep(rowSteps.differences, own, stepSeconds);
  if (typeof fit === 'object') return fit.fault;
  const times = rows.timesInFileOrder();
  const isAveraged = fit === 'averaged';
  const places = isAveraged
    ? placeWithinSteps(times, stepSeconds)
    : placeOnGrid(times, stepSeconds);
  const measured = RESOURCES.flatMap((resource) => {
    const column = rows.valuesInFileOrder(resource);
    return column === null ? [] : [{ resource, column }];
  });
  const columns = measured.map(({ column }) => column);
  const how = isAveraged
    ? measured.map(({ resource }) => (PEAK_RESOURCES.has(resource) ? 'peak' : 'mean'))
    : 'last';
  const { steps, ...collapsed } = collapseRows({ steps: places.steps, times, columns }, how);
  const span = steps.at(-1)! - steps[0]! + 1;
  if (span > Math.max(STEPS_ALWAYS_ALLOWED, STEPS_PER_ROW * rows.count)) {
    return spreadFault(rows.count, steps, stepSeconds);
  }
  const findings = {
    applicationId,
    backwards: rowSteps.backwards,
    moved: places.moved,
    largestMove: places.largestMove,
    duplicates: collapsed.duplicates,
    shared: collapsed.shared,
    isMeasured: measured.length > 0,
    averagedFrom: isAveraged ? own.shortest : null,
    stepSeconds,
  };
  return {
    applicationId,
    applicationType: rows.applicationType,
    isSimulated: rows.isSimulated,
    file: rows.file,
    stepSeconds,
    steps,
    values: new Map(measured.map(({ resource }, c) => [resource, collapsed.columns[c]!])),
    findings,
  };
}

function longStepFault(stepSeconds: number): string {
  const days = Number((stepSeconds / LONGEST_STEP_SECONDS).toFixed(1));
  return `has a step of ${days} days, and that of footprints is at most a day; "foreprint forecast" takes longer ones, and months`;
}

function spreadFault(rows: number, steps: Float64Array, stepSeconds: number): string {
  const day = (step: number) => new Date(step * stepSeconds * 1000).toISOString().slice(0, 10);
  const [first, last] = [day(steps[0]!), day(steps.at(-1)!)];
  return `spreads ${rows} rows from ${first} to ${last}; one of these times must be wrong`;
}
