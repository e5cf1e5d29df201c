import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { parquetFile } from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const START = Date.UTC(2026, 0, 5) / 1000;
const iso = (seconds: number) => new Date((START + seconds) * 1000).toISOString().slice(0, 19);
const steps = (count: number) => Array.from({ length: count }, (_, k) => k);
const csv = (lines: readonly string[]) => ['unique_id,ds,y', ...lines, ''].join('\n');
const bodyOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** A daily shape on five minutes, with one gross peak at the end. */
const shape = (k: number) => 10 + 5 * Math.sin((2 * Math.PI * k) / 288) + ((k * 7919) % 13) / 10;
const value = (k: number, count: number) => (k === count - 3 ? 90 : shape(k)).toFixed(3);

describe('glob brackets and stars in a name, on the command line', () => {
  it('reads load[1].csv and app*.csv, and nothing else', async () => {
    const directory = await temporaryDirectory();
    const write = (name: string, id: string) =>
      writeFile(join(directory, name), csv(steps(20).map((k) => `${id},${iso(3600 * k)},${k}`)));
    await write('load[1].csv', 'mine');
    await write('load1.csv', 'other');
    await write('app*.csv', 'star');
    await write('app1.csv', 'one');
    for (const [name, id] of [
      ['load[1].csv', 'mine'],
      ['app*.csv', 'star'],
    ] as const) {
      const out = join(directory, `${id}[1].csv`);
      const run = await runInProcess('detect', join(directory, name), '--out', out, '--quiet');
      expect([run.status, run.stderr]).toEqual([0, '']);
      expect((await bodyOf(out)).map(([own]) => own)).toEqual(Array(20).fill(id));
    }
  });
});

describe('Hive paths, folders that look like partitions, on the command line', () => {
  const TRACE = `SELECT 'real' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (k) HOUR AS "timestamp",
    10.0 + k % 7 AS cpu FROM range(192) t(k)`;
  const SERIES = `SELECT 'real' AS unique_id, TIMESTAMP '2026-01-05' + INTERVAL (5 * k) MINUTE AS ds,
    10.0 + k % 7 AS y FROM range(120) t(k)`;

  /** What a replay of the trace in a folder with a plain name says. */
  let plain: readonly unknown[] | null = null;

  /** A Parquet file of the query in a folder of that name. */
  async function inFolder(folder: string, query: string) {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, folder));
    const path = join(directory, folder, 'p.parquet');
    await rename(await parquetFile(query), path);
    const run = async (...args: readonly string[]) => {
      const result = await runInProcess(...args, '--quiet');
      expect([result.status, result.stderr]).toEqual([0, '']);
    };
    const read = async (name: string) => JSON.parse(await readFile(join(directory, name), 'utf8'));
    return { path, at: (name: string) => join(directory, name), run, read };
  }

  it.each(['cpu=4', 'timestamp=2026-01-01', 'application_id=shop'])(
    'import and replay read the own columns of a trace under %s/',
    async (folder) => {
      const { path, at, run, read } = await inFolder(folder, TRACE);
      await run('import', path, '--store', at('store'), '--json', at('i.json'));
      expect(await read('i.json')).toMatchObject({ rows: 192, applications: 1, points: 192 });
      const open = await openLocalStore(at('store'));
      const range = { fromSeconds: START, toSeconds: START + 192 * 3600 };
      const { values } = await open.history.read('real', range, 3600);
      await open.close();
      expect([...values.cpu]).toEqual(steps(192).map((k) => 10 + (k % 7)));
      const replayed = async (file: string) => {
        const options = ['--policies', 'oracle', '--no-report', '--json', at('r.json')];
        await run('replay', file, ...options);
        const { trace, policies } = await read('r.json');
        return [trace.applications, trace.steps, policies[0].instanceHours];
      };
      const found = await replayed(path);
      await rename(path, at('plain.parquet'));
      plain ??= await replayed(at('plain.parquet'));
      expect(found).toEqual(plain);
      expect(found.slice(0, 2)).toEqual([1, 192]);
    },
  );

  it.each(['y=7', 'unique_id=x', 'ds=2026-01-01'])(
    'detect and forecast read the own columns of a series under %s/',
    async (folder) => {
      const { path, at, run } = await inFolder(folder, SERIES);
      await run('detect', path, '--out', at('d.csv'));
      const scored = await bodyOf(at('d.csv'));
      expect(scored.map(([id, , y]) => [id, Number(y)])).toEqual(
        steps(120).map((k) => ['real', 10 + (k % 7)]),
      );
      const options = ['--horizon', '7', '--levels', '0.5', '--season', '7', '--workers', '1'];
      await run('forecast', path, ...options, '--out', at('f.csv'));
      const forecast = await bodyOf(at('f.csv'));
      expect(forecast.map(([id, , ds]) => [id, ds!.slice(0, 19)])).toEqual(
        steps(7).map((k) => ['real', iso(300 * (120 + k))]),
      );
    },
  );
});

describe('epoch timestamps: ISO 8601, Unix seconds and milliseconds', () => {
  it('give the same scores and the same forecasts, in the way they came', async () => {
    const directory = await temporaryDirectory();
    const count = 1200;
    const ways = {
      iso: (k: number) => `${iso(300 * k)}Z`,
      seconds: (k: number) => String(START + 300 * k),
      milliseconds: (k: number) => String((START + 300 * k) * 1000),
    };
    const scores: Record<string, readonly (readonly string[])[]> = {};
    const series: Record<string, unknown> = {};
    for (const [way, ds] of Object.entries(ways)) {
      const path = join(directory, `${way}.csv`);
      await writeFile(path, csv(steps(count).map((k) => `web,${ds(k)},${value(k, count)}`)));
      const out = join(directory, 'd.csv');
      expect((await runInProcess('detect', path, '--out', out, '--quiet')).status).toBe(0);
      const scored = await bodyOf(out);
      expect(scored.map((row) => row[1])).toEqual(steps(count).map(ds));
      scores[way] = scored.map((row) => row.slice(2));
      // What a forecast sees, and how it writes what follows.
      const [read] = regularSeries(await readSeries(path)).series;
      series[way] = read!.series;
      const following = [0, 1, 2].map((k) => count - 1 + k);
      expect(following.map((k) => read!.dsAt(k))).toEqual(following.map(ds));
    }
    expect(scores['seconds']).toEqual(scores['iso']);
    expect(scores['milliseconds']).toEqual(scores['iso']);
    expect(series['seconds']).toEqual(series['iso']);
    expect(series['milliseconds']).toEqual(series['iso']);
    expect(Math.max(...scores['iso']!.map((row) => Number(row[1])))).toBeGreaterThan(5);
  });

  it('forecasts of Unix milliseconds are in Unix milliseconds', async () => {
    const directory = await temporaryDirectory();
    const [path, out] = [join(directory, 's.csv'), join(directory, 'f.csv')];
    const ds = (k: number) => String((START + 300 * k) * 1000);
    await writeFile(path, csv(steps(9).map((k) => `web,${ds(k)},5`)));
    const options = ['--horizon', '2', '--levels', '0.5', '--workers', '1', '--quiet'];
    const run = await runInProcess('forecast', path, ...options, '--out', out);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const rows = (await bodyOf(out)).map((row) => row.slice(0, 3));
    expect(rows).toEqual([9, 10].map((k) => ['web', ds(8), ds(k)]));
  });
});

describe('subsecond times: rows every 250 ms in Parquet', () => {
  it('are scored with ds as given, in CSV and in Parquet', async () => {
    const directory = await temporaryDirectory();
    const source = await parquetFile(
      `SELECT 'a' AS unique_id, TIMESTAMP '2026-01-05' + to_milliseconds(250 * k) AS ds, 10 + k % 5 AS y FROM range(200) t(k)`,
    );
    await rename(source, join(directory, 'q.parquet'));
    const at = (name: string) => join(directory, name);
    const plain = await runInProcess('detect', at('q.parquet'), '--out', at('d.csv'), '--quiet');
    expect(plain.status).toBe(0);
    const written = (await bodyOf(join(directory, 'd.csv'))).map((row) => row[1]);
    expect(written).toEqual(
      steps(200).map((k) => new Date((START + k / 4) * 1000).toISOString().slice(0, 23)),
    );
    const made = await runInProcess('detect', at('q.parquet'), '--out', at('d.parquet'), '--quiet');
    expect(made.status).toBe(0);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `SELECT count(*) FROM read_parquet('${directory}/d.parquet') d POSITIONAL JOIN read_parquet('${directory}/q.parquet') q
       WHERE d.ds = q.ds AND d.y = q.y`,
    );
    expect(Number(result.getRowsJson()[0]![0])).toBe(200);
    connection.closeSync();
  });
});

describe('directories that cannot be made', () => {
  it.each([
    ['a store', 'import', ['--store', '/proc/x']],
    ['a result', 'import', ['--json', '/proc/x/y']],
    ['a table', 'detect', ['--out', '/proc/x/y.csv']],
  ])('%s: an error at once', async (_, command, options) => {
    const path = join(await temporaryDirectory(), 't.csv');
    const header = 'application_id,timestamp,cpu,unique_id,ds,y';
    await writeFile(path, `${header}\na,2026-01-05,1,a,1,1\n`);
    const { status, stderr } = await runInProcess(command, path, ...options, '--quiet');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('/proc/x')]);
    expect(status).toBe(2);
  });
});
