import { InputError } from '#adapters/local/input-error.ts';
import { collapseRows } from '#adapters/local/steps/collapse-rows.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { dsWriter } from './ds-writer.ts';
import type { SeriesGrid } from './grid-steps.ts';
import type { SeriesFile } from './series-file.ts';
import { seriesGrid } from './series-grid.ts';

export interface NamedSeries {
  readonly id: string;
  /** If `ds` is a whole number, it counts as seconds, and the step is usually 1. */
  readonly series: RegularSeries;
  /** `ds` of a value by its index, in the series' format; also for indices after the last value. */
  dsAt(index: number): string;
}

export interface RegularSeriesFile {
  /** In file order. */
  readonly series: readonly NamedSeries[];
  /** Series that are omitted or averaged, with the reason, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Places every series of the file on a regular grid that starts at its first `ds`. Values are
 * sorted by time, NaN where nothing was measured. If several rows fall on one step, the last one
 * counts. A series whose `ds` does not fit a regular step is omitted with a remark.
 * @param requestedStep step in units of `ds`; inferred per series if undefined.
 * @throws InputError if no series is left.
 */
export function regularSeries(file: SeriesFile, requestedStep?: number): RegularSeriesFile {
  const rowsOf = rowsById(file);
  const series: NamedSeries[] = [];
  const remarks: string[] = [];
  const faults: string[] = [];
  file.ids.forEach((id, index) => {
    const rows = rowsOf[index]!;
    const grid = gridOf(file, rows, requestedStep);
    if (typeof grid === 'string') return void faults.push(`series ${id} ${grid}`);
    if (grid.averaged !== null) remarks.push(`series ${id} ${grid.averaged}`);
    series.push({ id, ...onGrid(file, rows, grid) });
  });
  if (series.length === 0) {
    throw new InputError({ file: file.source, column: 'ds', problem: faults[0]! });
  }
  return { series, remarks: [...faults.map((fault) => `left out: ${fault}`), ...remarks] };
}

function rowsById({ ids, idIndex }: SeriesFile): readonly number[][] {
  const rows: number[][] = ids.map(() => []);
  idIndex.forEach((index, row) => rows[index]!.push(row));
  return rows;
}

/** Far more slots than rows mean that a `ds` is wrong, not that there are long gaps. */
const SLOTS_PER_ROW = 32;
const SLOTS_ALWAYS_ALLOWED = 1_000_000;

/** Step of a series with a single `ds`. */
const FALLBACK_STEP = { integer: 1, time: 300, date: 86_400 } as const;

function gridOf(
  file: SeriesFile,
  rows: readonly number[],
  requestedStep: number | undefined,
): SeriesGrid | string {
  const times = Float64Array.from(rows, (row) => file.ds[row]!);
  const text = file.dsText[rows.at(-1)!]!;
  const isDate = text.length <= 10 && times[0]! % FALLBACK_STEP.date === 0;
  const fallback = FALLBACK_STEP[file.dsKind === 'time' && isDate ? 'date' : file.dsKind];
  const model = file.dsKind === 'time' ? text : null;
  const grid = seriesGrid(times, model, { requestedStep, fallback });
  if (typeof grid === 'string') return grid;
  const slots = slotsOf(grid);
  return slots <= Math.max(SLOTS_ALWAYS_ALLOWED, SLOTS_PER_ROW * rows.length)
    ? grid
    : `spreads ${rows.length} rows over ${slots} steps; one of them must be wrong`;
}

function slotsOf({ places }: SeriesGrid): number {
  return places.reduce((most, place) => Math.max(most, place), 0) + 1;
}

function onGrid(
  file: SeriesFile,
  rows: readonly number[],
  grid: SeriesGrid,
): Omit<NamedSeries, 'id'> {
  const times = Float64Array.from(rows, (row) => file.ds[row]!);
  const y = Float64Array.from(rows, (row) => file.y[row]!);
  const how = grid.averaged === null ? 'last' : (['mean'] as const);
  const { steps, columns } = collapseRows({ steps: grid.places, times, columns: [y] }, how);
  const values = new Float64Array(slotsOf(grid)).fill(NaN);
  steps.forEach((step, k) => (values[step] = columns[0]![k]!));
  const write = dsWriter(file.dsKind, file.dsText[rows.at(-1)!]!);
  return {
    series: { startSeconds: grid.dsAt(0), stepSeconds: grid.stepSeconds, values },
    dsAt: (index) => write(grid.dsAt(index)),
  };
}
