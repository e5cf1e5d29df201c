import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { parquetFile } from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

/** Two hours before the clocks of Berlin are put forward. */
const START = Date.UTC(2026, 2, 28, 23) / 1000;
const HOURS = 60;
const AHEAD = 4;
const SHIFT = Date.UTC(2026, 2, 29, 1) / 1000;
const instant = (hour: number) => START + hour * 3600;
const berlinOffset = (seconds: number) => (seconds < SHIFT ? 1 : 2);
const local = (seconds: number, offsetHours: number, separator: string) =>
  new Date((seconds + offsetHours * 3600) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', separator);
const hours = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);

const WAYS: readonly (readonly [way: string, text: (hour: number) => string])[] = [
  [
    'a named zone',
    (hour) => `${local(instant(hour), berlinOffset(instant(hour)), ' ')} Europe/Berlin`,
  ],
  [
    'an offset and a named zone',
    (hour) => {
      const offset = berlinOffset(instant(hour));
      return `${local(instant(hour), offset, 'T')}+0${offset}:00[Europe/Berlin]`;
    },
  ],
  ['an offset', (hour) => `${local(instant(hour), 5, 'T')}+05:00`],
  ['a negative offset of half an hour', (hour) => `${local(instant(hour), -3.5, 'T')}-03:30`],
  ['Z', (hour) => `${local(instant(hour), 0, 'T')}Z`],
  ['no zone', (hour) => local(instant(hour), 0, ' ')],
];

async function run(...args: readonly string[]): Promise<void> {
  const { status, stderr } = await runInProcess(...args, '--quiet');
  expect([status, stderr]).toEqual([0, '']);
}

/** Forecasts and scores of a file, into files with the given ending. */
async function outputsOf(path: string, ending: string) {
  const directory = await temporaryDirectory();
  const at = (name: string) => join(directory, `${name}.${ending}`);
  await run('detect', path, '--out', at('d'));
  const options = ['--horizon', String(AHEAD), '--levels', '0.5', '--workers', '1'];
  await run('forecast', path, ...options, '--out', at('f'));
  return { scores: at('d'), forecast: at('f') };
}

async function csvColumn(path: string, column: number): Promise<readonly (string | undefined)[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => line.split(',')[column]);
}

async function parquetColumn(path: string, name: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const from = `FROM read_parquet('${path}')`;
  const result = await connection.runAndReadAll(`SELECT typeof(${name}), ${name}::VARCHAR ${from}`);
  connection.closeSync();
  instance.closeSync();
  const rows = result.getRowsJson();
  return { type: String(rows[0]![0]), texts: rows.map((row) => String(row[1])) };
}

describe('times come back in the zone they came in', () => {
  it.each(WAYS)('CSV with %s', async (_, text) => {
    const path = join(await temporaryDirectory(), 's.csv');
    const lines = hours(0, HOURS).map((hour) => `a,${text(hour)},${5 + (hour % 4)}`);
    await writeFile(path, ['unique_id,ds,y', ...lines, ''].join('\n'));
    const { scores, forecast } = await outputsOf(path, 'csv');
    expect(await csvColumn(scores, 1)).toEqual(hours(0, HOURS).map(text));
    expect(await csvColumn(forecast, 1)).toEqual(hours(0, AHEAD).map(() => text(HOURS - 1)));
    expect(await csvColumn(forecast, 2)).toEqual(hours(HOURS, AHEAD).map(text));
  });

  it.each([
    ['TIMESTAMP', 'TIMESTAMP'],
    ['TIMESTAMPTZ', 'TIMESTAMP WITH TIME ZONE'],
  ])('Parquet with %s', async (type, written) => {
    const path = join(await temporaryDirectory(), 's.parquet');
    const query = `SELECT 'a' AS unique_id, make_timestamp((${START} + 3600 * k)::BIGINT * 1000000) AS t, 5.0 + k % 4 AS y FROM range(${HOURS}) r(k)`;
    const ds = type === 'TIMESTAMP' ? 't' : "timezone('UTC', t)";
    await rename(await parquetFile(`SELECT unique_id, ${ds} AS ds, y FROM (${query})`), path);
    const { scores, forecast } = await outputsOf(path, 'parquet');
    const zone = type === 'TIMESTAMP' ? '' : '+00';
    const texts = (from: number, count: number) =>
      hours(from, count).map((hour) => `${local(instant(hour), 0, ' ')}${zone}`);
    expect(await parquetColumn(scores, 'ds')).toEqual({ type: written, texts: texts(0, HOURS) });
    expect(await parquetColumn(forecast, 'ds')).toEqual({
      type: written,
      texts: texts(HOURS, AHEAD),
    });
  });

  it('text of a named zone in Parquet', async () => {
    const [, text] = WAYS[0]!;
    const path = join(await temporaryDirectory(), 's.parquet');
    const rows = hours(0, HOURS).map((hour) => `('a', '${text(hour)}', ${5 + (hour % 4)}.0)`);
    await rename(
      await parquetFile(`SELECT * FROM (VALUES ${rows.join(',')}) v(unique_id, ds, y)`),
      path,
    );
    const { scores, forecast } = await outputsOf(path, 'parquet');
    expect((await parquetColumn(scores, 'ds')).texts).toEqual(hours(0, HOURS).map(text));
    expect((await parquetColumn(forecast, 'ds')).texts).toEqual(hours(HOURS, AHEAD).map(text));
  });
});
