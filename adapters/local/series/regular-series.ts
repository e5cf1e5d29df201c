import type { RegularSeries } from '#models/series/series.ts';
import { InputError } from '#adapters/local/input-error.ts';
import { rowSteps } from '#adapters/local/traces/row-steps.ts';
import { stepFault } from '#adapters/local/traces/step-fault.ts';
import { typicalStep } from '#adapters/local/traces/typical-step.ts';
import type { SeriesFile } from './series-file.ts';

export interface NamedSeries {
  readonly id: string;
  /** If `ds` is a whole number, it counts as seconds, and the step is usually 1. */
  readonly series: RegularSeries;
}

/**
 * Places every series of the file on a regular grid that starts at its first `ds`. Series keep the
 * order of the file. Values are sorted by time, NaN where nothing was measured. If several rows
 * fall on one step, the last one counts.
 * @param requestedStep step in units of `ds`; inferred per series if undefined.
 * @throws InputError that names the series whose `ds` does not fit a regular step.
 */
export function regularSeries(file: SeriesFile, requestedStep?: number): readonly NamedSeries[] {
  const rowsOf = rowsById(file);
  return file.ids.map((id, index) => ({
    id,
    series: onGrid(file, rowsOf[index]!, { id, requestedStep }),
  }));
}

function rowsById({ ids, idIndex }: SeriesFile): readonly number[][] {
  const rows: number[][] = ids.map(() => []);
  idIndex.forEach((index, row) => rows[index]!.push(row));
  return rows;
}

/** Far more slots than rows mean that a `ds` is wrong, not that there are long gaps. */
const SLOTS_PER_ROW = 8;
const SLOTS_ALWAYS_ALLOWED = 1_000_000;

function onGrid(
  file: SeriesFile,
  rows: readonly number[],
  { id, requestedStep }: { readonly id: string; readonly requestedStep: number | undefined },
): RegularSeries {
  const times = Float64Array.from(rows, (row) => file.ds[row]!);
  const { differences } = rowSteps(times);
  const stepSeconds = requestedStep ?? typicalStep(differences) ?? 1;
  const refuse = (problem: string) =>
    new InputError({ file: file.source, column: 'ds', problem: `series ${id} ${problem}` });
  const fault = stepFault(differences, stepSeconds);
  if (fault !== null) throw refuse(fault);
  const startSeconds = times.reduce((least, time) => Math.min(least, time), Infinity);
  const end = times.reduce((most, time) => Math.max(most, time), -Infinity);
  const slots = Math.round((end - startSeconds) / stepSeconds) + 1;
  if (slots > Math.max(SLOTS_ALWAYS_ALLOWED, SLOTS_PER_ROW * rows.length)) {
    throw refuse(`spreads ${rows.length} rows over ${slots} steps; one of them must be wrong`);
  }
  const values = new Float64Array(slots).fill(NaN);
  rows.forEach((row, i) => {
    const y = file.y[row]!;
    if (!Number.isNaN(y)) values[Math.round((times[i]! - startSeconds) / stepSeconds)] = y;
  });
  return { startSeconds, stepSeconds, values };
}
