import { cellBudget } from '#adapters/local/tables/cell-budget.ts';
import { inputKind } from '#adapters/local/tables/input-file.ts';
import { withTable } from '#adapters/local/tables/with-table.ts';
import { buildTrace } from './build-trace.ts';
import { listGwaFiles } from './list-gwa-files.ts';
import { readFootprintFile, type RowTarget } from './read-footprint-file.ts';
import { readGwaFile } from './read-gwa-file.ts';
import { rowsOfApplication, type TraceRows } from './trace-rows.ts';
import type { Trace } from './trace.ts';

export interface ReadTraceOptions {
  /** Step of the trace in seconds; inferred if undefined. */
  readonly stepSeconds?: number | undefined;
}

/**
 * Reads footprint traces (CSV, CSV.gz, Parquet; a directory is a GWA-T-12 trace) as one trace on
 * one regular grid. If two rows, of the same file or of two files, measured the same step, the
 * later one counts.
 * @throws InputError that names file, line, column and the fault.
 * @throws RangeError if there is no path, or the step is not a positive whole number of seconds.
 */
export async function readTrace(
  paths: readonly string[],
  { stepSeconds }: ReadTraceOptions = {},
): Promise<Trace> {
  requireUsableStep(stepSeconds);
  return buildTrace(paths, await readRowsOf(paths), stepSeconds);
}

/** @throws RangeError if the step is not a positive whole number of seconds. */
export function requireUsableStep(stepSeconds: number | undefined): void {
  if (stepSeconds !== undefined && !(Number.isInteger(stepSeconds) && stepSeconds > 0)) {
    throw new RangeError(`the step must be a positive whole number of seconds, not ${stepSeconds}`);
  }
}

/** What a machine with a few gigabytes can hold, as all rows are in memory at once. */
const MOST_CELLS = 100e6;

/** The rows of all files, by application. */
export async function readRowsOf(paths: readonly string[]): Promise<TraceRows> {
  if (paths.length === 0) throw new RangeError('a trace needs at least one path, not 0');
  const into: TraceRows = new Map();
  const target = { into, budget: cellBudget(MOST_CELLS) };
  for (const path of paths) await readPath(path, target);
  return into;
}

async function readPath(file: string, target: RowTarget): Promise<void> {
  const kind = await inputKind(file);
  if (kind === 'directory') return readGwaDirectory(file, target);
  return withTable({ file, kind }, (table) => readFootprintFile(table, target));
}

async function readGwaDirectory(directory: string, { into, budget }: RowTarget): Promise<void> {
  for (const { path: file, applicationId } of await listGwaFiles(directory)) {
    const kind = await inputKind(file);
    await withTable({ file, kind, delimiter: ';' }, (table) =>
      readGwaFile(table, { rows: rowsOfApplication(into, applicationId, file), budget }),
    );
  }
}
