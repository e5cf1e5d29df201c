import { InputError } from '#adapters/local/input-error.ts';
import type { ApplicationRows } from './application-rows.ts';
import type { GridPlaces } from './step-grid.ts';

/**
 * Most slots of a grid per row, or in total. More slots mean that a time is wrong, not that there
 * are long gaps.
 */
const SLOTS_PER_ROW = 8;
const SLOTS_ALWAYS_ALLOWED = 4_000_000;

/** The rows of one application and their steps. */
export interface PlacedRows {
  readonly applicationId: string;
  readonly rows: ApplicationRows;
  readonly places: GridPlaces;
}

/**
 * First step and number of steps of the grid that contains all rows.
 * @throws InputError if the rows are so sparse that one of their times must be wrong.
 */
export function gridSpan(
  placed: readonly PlacedRows[],
  stepSeconds: number,
): { readonly first: number; readonly length: number } {
  let [first, last, rows] = [Infinity, -Infinity, 0];
  let [earliest, latest] = [placed[0]!, placed[0]!];
  for (const application of placed) {
    for (const step of application.places.steps) {
      if (step < first) [first, earliest] = [step, application];
      if (step > last) [last, latest] = [step, application];
    }
    rows += application.rows.count;
  }
  const length = last - first + 1;
  if (length * placed.length > Math.max(SLOTS_ALWAYS_ALLOWED, SLOTS_PER_ROW * rows)) {
    const day = (step: number) => new Date(step * stepSeconds * 1000).toISOString().slice(0, 10);
    throw new InputError({
      file: latest.rows.file,
      column: 'timestamp',
      problem:
        `${rows} rows are spread from ${day(first)} (application ${earliest.applicationId}) ` +
        `to ${day(last)} (application ${latest.applicationId}); one of these times must be wrong`,
    });
  }
  return { first, length };
}
