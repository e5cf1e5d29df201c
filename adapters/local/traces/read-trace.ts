import type { DuckDBConnection } from '@duckdb/node-api';
import { csvTable, parquetTable, type InputTable } from '#adapters/local/tables/input-table.ts';
import { inputKind } from '#adapters/local/tables/input-file.ts';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import { buildTrace } from './build-trace.ts';
import { listGwaFiles } from './list-gwa-files.ts';
import { readFootprintFile } from './read-footprint-file.ts';
import { readGwaFile } from './read-gwa-file.ts';
import type { Trace } from './trace.ts';
import { rowsOfApplication, type TraceRows } from './trace-rows.ts';

export interface ReadTraceOptions {
  /** Step of the trace in seconds; inferred if undefined. */
  readonly stepSeconds?: number | undefined;
}

/**
 * Reads footprint traces (CSV, CSV.gz, Parquet; a directory is a GWA-T-12 trace) as one trace on
 * one regular grid. If two rows, of the same file or of two files, measured the same step, the
 * later one counts.
 * @throws InputError that names file, row, column and the fault.
 * @throws RangeError if there is no path, or the step is not a positive whole number of seconds.
 */
export async function readTrace(
  paths: readonly string[],
  { stepSeconds }: ReadTraceOptions = {},
): Promise<Trace> {
  if (paths.length === 0) throw new RangeError('a trace needs at least one path, not 0');
  if (stepSeconds !== undefined && !(Number.isInteger(stepSeconds) && stepSeconds > 0)) {
    throw new RangeError(`the step must be a positive whole number of seconds, not ${stepSeconds}`);
  }
  const rows: TraceRows = new Map();
  await withDuckdb(async (connection) => {
    for (const path of paths) await readPath(connection, path, rows);
  });
  return buildTrace(paths, rows, stepSeconds);
}

async function readPath(
  connection: DuckDBConnection,
  path: string,
  rows: TraceRows,
): Promise<void> {
  const kind = await inputKind(path);
  if (kind === 'directory') return readGwaDirectory(connection, path, rows);
  const table: InputTable =
    kind === 'parquet'
      ? await parquetTable(connection, path)
      : await csvTable(path, { delimiter: ',', gzip: kind === 'csv.gz' });
  return readFootprintFile(connection, table, rows);
}

async function readGwaDirectory(
  connection: DuckDBConnection,
  directory: string,
  rows: TraceRows,
): Promise<void> {
  for (const { path, applicationId } of await listGwaFiles(directory)) {
    await inputKind(path);
    const table = await csvTable(path, { delimiter: ';', gzip: false });
    await readGwaFile(connection, table, rowsOfApplication(rows, applicationId, path));
  }
}
