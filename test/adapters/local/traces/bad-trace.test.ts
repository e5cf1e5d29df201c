import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import {
  at,
  gzipped,
  inputErrorOf,
  inputFile,
  MONDAY,
  parquetFile,
  TRACE_HEADER,
  traceCsv,
} from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const refused = async (path: Promise<string> | string, stepSeconds?: number) =>
  inputErrorOf(readTrace([await path], { stepSeconds }));
const good = (k: number) => `a,${at(k)},1,2,3,4`;
const steps = (count: number, from = 0) => Array.from({ length: count }, (_, k) => from + k);
const seconds = (offset: number) => new Date((MONDAY + offset) * 1000).toISOString();

describe('readTrace refuses', () => {
  it('a file that does not exist', async () => {
    const path = join(await temporaryDirectory(), 'none.csv');
    expect((await refused(path)).message).toBe(`${path}: no such file`);
  });

  it.each(['empty.csv', 'empty.csv.gz', 'empty.parquet'])('an empty file: %s', async (name) => {
    expect((await refused(inputFile(name, ''))).problem).toBe('is empty');
  });

  it('an empty text in a gzip file', async () => {
    expect((await refused(inputFile('t.csv.gz', gzipped('')))).problem).toBe('has no header');
  });

  it('a header without rows', async () => {
    expect((await refused(traceCsv())).problem).toBe('has a header but no rows');
  });

  it('Parquet without rows', async () => {
    const path = parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' AS "timestamp", 1 AS cpu WHERE false`,
    );
    expect((await refused(path)).problem).toBe('has a header but no rows');
  });

  it('a spreadsheet', async () => {
    const error = await refused(inputFile('trace.xlsx', 'PK\u0003\u0004x'));
    expect(error.problem).toBe(
      'unknown format: neither text nor Parquet; save a spreadsheet as CSV',
    );
  });

  it.each([
    ['application_id', 'app,timestamp,cpu'],
    ['timestamp', 'application_id,time,cpu'],
  ])('a missing column: %s', async (column, header) => {
    const error = await refused(inputFile('t.csv', `${header}\na,${at(0)},1\n`));
    expect([error.column, error.row]).toEqual([column, null]);
    expect(error.problem).toMatch(/^missing; the file has /);
  });

  it('a file without any resource', async () => {
    const error = await refused(
      inputFile('t.csv', `application_id,timestamp,load\na,${at(0)},1\n`),
    );
    expect(error.problem).toBe(
      'has none of the columns cpu, memory, disk, network; the file has application_id, timestamp, load; --map cpu=COLUMN names one',
    );
  });

  it('a column that is named twice', async () => {
    const error = await refused(inputFile('t.csv', 'application_id,timestamp,cpu,cpu\n'));
    expect([error.column, error.problem]).toEqual(['cpu', 'the header contains it twice']);
  });

  it.each([
    ['text where a number belongs', `a,${at(3)},much,2,3,4`, 'cpu', '"much" is not a number'],
    ['a decimal comma', `a,${at(3)},1,2,"3,5",4`, 'disk', '"3,5" is not a number'],
    ['a negative value', `a,${at(3)},1,-2.5,3,4`, 'memory', '-2.5 is negative'],
    ['an infinite value', `a,${at(3)},1,2,3,inf`, 'network', '"inf" is not a finite number'],
    ['minus infinity', `a,${at(3)},-Infinity,2,3,4`, 'cpu', '"-Infinity" is not a finite number'],
    ['a number too large', `a,${at(3)},1e999,2,3,4`, 'cpu', '"1e999" is not a finite number'],
    ['an empty identifier', `,${at(3)},1,2,3,4`, 'application_id', 'is missing'],
    ['a blank identifier', `"  ",${at(3)},1,2,3,4`, 'application_id', 'is missing'],
    ['no time', 'a,,1,2,3,4', 'timestamp', 'is missing'],
    ['a time that is none', 'a,31.12.2026,1,2,3,4', 'timestamp', '"31.12.2026" is not a time'],
    [
      'a day that does not exist',
      'a,2026-02-30,1,2,3,4',
      'timestamp',
      '"2026-02-30" is not a time',
    ],
    ['an infinite time', 'a,infinity,1,2,3,4', 'timestamp', '"infinity" is not a time'],
    ['a number that is no time', 'a,17,1,2,3,4', 'timestamp', '"17" is not a time'],
  ])('%s, and names line and column', async (_, line, column, problem) => {
    const error = await refused(traceCsv(good(0), good(1), line, good(4)));
    expect([error.line, error.column]).toEqual([4, column]);
    expect(error.problem).toContain(problem);
    expect(error.message).toContain(`: line 4, column ${column}: `);
  });

  it('the first fault of a long file by its line', async () => {
    const lines = steps(5000).map((k) => (k === 4321 || k === 4500 ? `a,${at(k)},x,,,` : good(k)));
    expect((await refused(traceCsv(...lines))).line).toBe(4323);
  });

  it.each([
    ['too few', `a,${at(1)},1`, 'has 3 cells where the header has 6'],
    ['too many', `${good(1)},5`, 'has 7 cells where the header has 6'],
  ])('a row with %s cells', async (_, line, problem) => {
    const error = await refused(traceCsv(good(0), line, good(2)));
    expect([error.line, error.problem]).toEqual([3, problem]);
  });

  it('a quote that is not closed', async () => {
    const error = await refused(traceCsv(good(0), `"a,${at(1)},1,2,3,4`));
    expect(error.problem).toBe('a quote is not closed');
  });

  it('text that is not UTF-8', async () => {
    const text = Buffer.from(`${TRACE_HEADER}\ncaf\xe9,${at(0)},1,2,3,4\n`, 'latin1');
    expect((await refused(inputFile('t.csv', text))).problem).toBe('is not UTF-8 text');
  });

  it('a gzip file that is cut off half-way', async () => {
    const lines = steps(3000).map((k) => `a,${at(k)},${Math.sin(k) ** 2},${k},${k},${k}`);
    const whole = gzipped([TRACE_HEADER, ...lines].join('\n'));
    const error = await refused(inputFile('t.csv.gz', whole.subarray(0, whole.length / 2)));
    expect(error.problem).toBe('is cut off: the gzip stream has no end');
  });

  it('a file with the ending .gz that is not gzip', async () => {
    expect((await refused(inputFile('t.csv.gz', TRACE_HEADER))).problem).toBe(
      'is not a whole gzip file',
    );
  });

  it('a Parquet file that is cut off half-way', async () => {
    const path = await parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (5 * k) MINUTE AS "timestamp",
              random() AS cpu FROM range(20000) t(k)`,
    );
    await truncate(path, (await readFile(path)).length >> 1);
    expect((await refused(path)).problem).toBe('is not a whole Parquet file; it may be cut off');
  });

  it.each([
    [
      'timestamp',
      `'a' AS application_id, TIME '12:00:00' AS "timestamp", 1 AS cpu`,
      'has type TIME instead of a timestamp',
    ],
    [
      'cpu',
      `'a' AS application_id, TIMESTAMP '2026-01-05' AS "timestamp", true AS cpu`,
      'has type BOOLEAN instead of a number',
    ],
    [
      'application_id',
      `[1] AS application_id, TIMESTAMP '2026-01-05' AS "timestamp", 1 AS cpu`,
      'has type INTEGER[] instead of text',
    ],
  ])('a Parquet column of the wrong type: %s', async (column, select, problem) => {
    const error = await refused(parquetFile(`SELECT ${select}`));
    expect([error.column, error.problem]).toEqual([column, problem]);
  });

  it('a negative value in Parquet, with its row', async () => {
    const path = parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (5 * k) MINUTE AS "timestamp",
              CASE k WHEN 6000 THEN -1 ELSE 1 END AS cpu FROM range(9000) t(k)`,
    );
    const error = await refused(path);
    expect([error.row, error.column, error.problem]).toEqual([6001, 'cpu', '-1 is negative']);
  });

  it('data at another step than told', async () => {
    const lines = steps(20).map((k) => `a,${seconds(k * 420)},1,,,`);
    const error = await refused(traceCsv(...lines), 300);
    expect(error.problem).toBe('application a has a step of 420 s, not of 300 s');
  });

  it('data at twice the step that was told', async () => {
    const lines = steps(20).map((k) => `a,${seconds(k * 600)},1,,,`);
    const error = await refused(traceCsv(...lines), 300);
    expect(error.problem).toBe('application a has a step of 600 s, not of 300 s');
  });

  it('times without any step', async () => {
    const lines = steps(60).map((k) => `a,${seconds(k * 400 + ((k * k * 7919) % 390))},1,,,`);
    expect((await refused(traceCsv(...lines))).problem).toMatch(
      /^application a has times without a regular step/,
    );
  });

  it('a time that is centuries away from the others', async () => {
    const error = await refused(traceCsv(good(0), good(1), `b,2626-01-01T00:00:00Z,1,,,`));
    expect(error.problem).toContain('2 applications from 2026-01-05 (a) to 2626-01-01 (b) have ');
  });
});
