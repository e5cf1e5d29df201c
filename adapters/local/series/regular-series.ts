import { InputError } from '#adapters/local/input-error.ts';
import { collapseRows } from '#adapters/local/steps/collapse-rows.ts';
import { pickRows } from '#adapters/local/steps/pick-rows.ts';
import { spreadSteps } from '#adapters/local/steps/spread-steps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { dsWriter } from './ds-writer.ts';
import type { SeriesGrid } from './grid-steps.ts';
import type { DsKind, SeriesFile } from './series-file.ts';
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
  const series: NamedSeries[] = [];
  const remarks: string[] = [];
  const faults: string[] = [];
  const alike = new Map<string, string[]>();
  for (const rows of rowsById(file)) {
    const { id } = rows;
    const grid = gridOf(file.dsKind, rows, requestedStep);
    if (typeof grid === 'string') {
      faults.push(`series ${id} ${grid}`);
      continue;
    }
    if (grid.averaged !== null) remarks.push(`series ${id} ${grid.averaged}`);
    if (grid.remark !== null) {
      const ids = alike.get(grid.remark) ?? [];
      alike.set(grid.remark, ids);
      ids.push(id);
    }
    series.push({ id, ...onGrid(file.dsKind, rows, grid) });
  }
  for (const [remark, ids] of alike) remarks.push(`in series ${named(ids)}: ${remark}`);
  const [fault] = faults;
  if (series.length === 0 && fault !== undefined) {
    throw new InputError({ file: file.source, column: 'ds', problem: fault });
  }
  return { series, remarks: [...faults.map((fault) => `left out: ${fault}`), ...remarks] };
}

/** Most series that a remark names; it counts the others. */
const MOST_NAMED = 3;

function named(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return ids.slice(0, MOST_NAMED).join(', ') + more;
}

interface SeriesRows {
  readonly id: string;
  /** Per row: `ds` as a number. */
  readonly times: Float64Array;
  readonly y: Float64Array;
  /** `ds` of the last row as written. */
  readonly text: string;
}

/** Rows of each series in the order of `ids`, all in file order. */
function rowsById({ ids, idIndex, ds, dsText, y }: SeriesFile): readonly SeriesRows[] {
  const rowsOf = ids.map((): number[] => []);
  idIndex.forEach((index, row) => rowsOf[index]?.push(row));
  return rowsOf.map((rows, index) => ({
    id: ids[index] ?? '',
    times: pickRows(ds, rows),
    y: pickRows(y, rows),
    text: dsText[rows.at(-1) ?? 0] ?? '',
  }));
}

/** Far more slots than rows mean that a `ds` is wrong, not that there are long gaps. */
const SLOTS_PER_ROW = 32;
const SLOTS_ALWAYS_ALLOWED = 1_000_000;

/** Step of a series with a single `ds`. */
const FALLBACK_STEP = { integer: 1, time: 300, date: 86_400 } as const;

function gridOf(
  kind: DsKind,
  { times, text }: SeriesRows,
  requestedStep: number | undefined,
): SeriesGrid | string {
  const isDate = text.length <= 10 && (times[0] ?? NaN) % FALLBACK_STEP.date === 0;
  const fallback = FALLBACK_STEP[kind === 'time' && isDate ? 'date' : kind];
  const model = kind === 'time' ? text : null;
  const grid = seriesGrid(times, model, { requestedStep, fallback });
  if (typeof grid === 'string') return grid;
  const slots = slotsOf(grid);
  return slots <= Math.max(SLOTS_ALWAYS_ALLOWED, SLOTS_PER_ROW * times.length)
    ? grid
    : `spreads ${times.length} rows over ${slots} steps; one of them must be wrong`;
}

function slotsOf({ places }: SeriesGrid): number {
  return places.reduce((most, place) => Math.max(most, place), 0) + 1;
}

function onGrid(
  kind: DsKind,
  { times, y, text }: SeriesRows,
  grid: SeriesGrid,
): Omit<NamedSeries, 'id'> {
  const how = grid.averaged === null ? 'last' : (['mean'] as const);
  const { steps, columns } = collapseRows({ steps: grid.places, times, columns: [y] }, how);
  const [collapsed = []] = columns;
  const values = spreadSteps({ steps, values: collapsed }, 0, slotsOf(grid));
  const write = dsWriter(kind, text);
  return {
    series: { startSeconds: grid.dsAt(0), stepSeconds: grid.stepSeconds, values },
    dsAt: (index) => write(grid.dsAt(index)),
  };
}
