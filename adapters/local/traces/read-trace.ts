import { inputKind } from '#adapters/local/tables/input-file.ts';
import { withTable } from '#adapters/local/tables/with-table.ts';
import { buildTrace } from './build-trace.ts';
import { listGwaFiles } from './list-gwa-files.ts';
import { readFootprintFile } from './read-footprint-file.ts';
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

/** The rows of all files, by application. */
export async function readRowsOf(paths: readonly string[]): Promise<TraceRows> {
  if (paths.length === 0) throw new RangeError('a trace needs at least one path, not 0');
  const rows: TraceRows = new Map();
  for (const path of paths) await readPath(path, rows);
  return rows;
}

async function readPath(file: string, rows: TraceRows): Promise<void> {
  const kind = await inputKind(file);
  if (kind === 'directory') return readGwaDirectory(file, rows);
  return withTable({ file, kind }, (table) => readFootprintFile(table, rows));
}

async function readGwaDirectory(directory: string, rows: TraceRows): Promise<void> {
  for (const { path: file, applicationId } of await listGwaFiles(directory)) {
    const kind = await inputKind(file);
    await withTable({ file, kind, delimiter: ';' }, (table) =>
      readGwaFile(table, rowsOfApplication(rows, applicationId, file)),
    );
  }
}
