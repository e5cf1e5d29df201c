import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from '#adapters/local/input-error.ts';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import { sqlText } from '#adapters/local/tables/sql-text.ts';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import type { CliResult } from '#test/cli/run-cli.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';
import { countRows } from './count-rows.ts';
import type { FuzzKind } from './fuzz-kinds.ts';

/**
 * Reads a changed file with the command that reads its kind. Right is: status 0 with every row
 * accounted for, or 2 with one line and nothing written.
 * @param directory empty but for what earlier calls left there.
 * @returns the status, and what is wrong or null.
 */
export async function checkFile(
  directory: string,
  { file, read }: Pick<FuzzKind, 'file' | 'read'>,
  bytes: Uint8Array,
): Promise<FuzzOutcome> {
  const path = join(directory, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  try {
    return await CHECKS[read](directory, path, bytes);
  } catch (error) {
    const thrown = error instanceof Error ? error.stack : String(error);
    return { status: null, fault: `threw ${thrown}` };
  } finally {
    await rm(path, { force: true });
  }
}

/** Exit status, null where there was none, and what is wrong, or null. */
export interface FuzzOutcome {
  readonly status: number | null;
  readonly fault: string | null;
}

type Check = (directory: string, path: string, bytes: Uint8Array) => Promise<FuzzOutcome>;

const CHECKS: Readonly<Record<FuzzKind['read'], Check>> = {
  series: checkSeries,
  trace: checkTrace,
  settings: checkSettings,
  candidate: async () => ({ status: null, fault: null }),
};

async function checkSeries(
  directory: string,
  path: string,
  bytes: Uint8Array,
): Promise<FuzzOutcome> {
  const out = join(directory, 'scores.csv');
  await rm(out, { force: true });
  const run = await runInProcess('detect', path, '--out', out, '--quiet');
  const { status } = run;
  const fault = statusFault(run) ?? (status === 0 ? null : await leftBehind(out));
  if (fault !== null || status !== 0) return { status, fault };
  const scored = countRows(await readFile(out, 'utf8'));
  const rows = await rowsOf(path, bytes);
  if (scored !== rows) return { status, fault: `${scored} rows were written of ${rows}` };
  return { status, fault: await gridFault(path) };
}

/** What a forecast reads: every series is on a grid, or named in a remark, or nothing is left. */
async function gridFault(path: string): Promise<string | null> {
  const file = await readSeries(path);
  try {
    const { series, remarks } = regularSeries(file);
    const left = remarks.filter((remark) => remark.startsWith('left out: ')).length;
    for (const { series: grid, dsAt } of series) dsAt(grid.values.length - 1);
    const named = series.length + left;
    return named === file.ids.length ? null : `${named} of ${file.ids.length} series`;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function checkTrace(
  directory: string,
  path: string,
  bytes: Uint8Array,
): Promise<FuzzOutcome> {
  const json = join(directory, 'import.json');
  await rm(json, { force: true });
  // A directory is a trace of another kind.
  const trace = path.includes('gwa') ? dirname(path) : path;
  const store = join(directory, 'store');
  const run = await runInProcess('import', trace, '--store', store, '--json', json, '--quiet');
  const { status } = run;
  const fault = statusFault(run) ?? (status === 0 ? null : await leftBehind(json));
  if (fault !== null || status !== 0) return { status, fault };
  const result = JSON.parse(await readFile(json, 'utf8'));
  const rows = await rowsOf(path, bytes);
  if (result.rows !== rows) return { status, fault: `${result.rows} rows were read of ${rows}` };
  return { status, fault: result.points <= rows ? null : `${result.points} points of ${rows}` };
}

async function checkSettings(directory: string, path: string): Promise<FuzzOutcome> {
  const trace = join(directory, 'few.csv');
  await writeFile(trace, 'application_id,timestamp,cpu\na,2026-01-05,1\na,2026-01-06,2\n');
  const run = await runInProcess('cluster', trace, '--config', path, '--quiet');
  return { status: run.status, fault: statusFault(run) };
}

function statusFault({ status, stderr }: CliResult): string | null {
  const lines = stderr.trimEnd().split('\n');
  if (status !== 0 && status !== 2) return `status ${status}: ${stderr}`;
  if (/\n\s+at /.test(stderr)) return `a stack trace: ${stderr}`;
  if (status === 2 && (lines.length !== 1 || !lines[0]!.startsWith('foreprint: '))) {
    return `not one line: ${stderr}`;
  }
  return status === 0 && stderr !== '' ? `status 0, but: ${stderr}` : null;
}

async function leftBehind(path: string): Promise<string | null> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? `${path} was written all the same` : null;
}

async function rowsOf(path: string, bytes: Uint8Array): Promise<number> {
  if (!path.endsWith('.parquet')) {
    const text = path.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes);
    return countRows(text.toString('utf8'));
  }
  return withDuckdb(async (connection) => {
    const result = await connection.runAndReadAll(
      `SELECT count(*) FROM read_parquet(${sqlText(path)})`,
    );
    return Number(result.getRowsJson()[0]![0]);
  });
}
