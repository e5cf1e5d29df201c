import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import { InputError } from '#adapters/local/input-error.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

export const TRACE_HEADER = 'application_id,timestamp,cpu,memory,disk,network';

/** Writes a file into a directory of this test's own and returns its path. */
export async function inputFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  await writeFile(path, content);
  return path;
}

/** A CSV trace of these lines under the usual header. */
export function traceCsv(...lines: readonly string[]): Promise<string> {
  return inputFile('trace.csv', [TRACE_HEADER, ...lines, ''].join('\n'));
}

export function gzipped(text: string | Uint8Array): Uint8Array {
  return gzipSync(text);
}

/** Writes the rows of a query as Parquet. */
export async function parquetFile(query: string, options = ''): Promise<string> {
  const path = join(await temporaryDirectory(), 'trace.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

/** ISO time of a five-minute step of 2026-01-05, moved by some seconds. */
export function at(step: number, shiftSeconds = 0): string {
  return new Date(Date.UTC(2026, 0, 5) + (step * 300 + shiftSeconds) * 1000).toISOString();
}
export const MONDAY = Date.UTC(2026, 0, 5) / 1000;

/** The InputError that the work rejects with; it is one line that begins with the file. */
export async function inputErrorOf(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(InputError);
  const found = error as InputError;
  expect(found.message).not.toContain('\n');
  expect(found.message.startsWith(found.file)).toBe(true);
  return found;
}
