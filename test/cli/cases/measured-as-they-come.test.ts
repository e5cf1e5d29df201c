import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const START = Date.UTC(2026, 4, 25) / 1000;
const iso = (seconds: number) => new Date((START + seconds) * 1000).toISOString();
const steps = (count: number) => Array.from({ length: count }, (_, k) => k);

/** A directory with one file, and the command line in it. */
async function withFile(header: string, lines: readonly string[]) {
  const directory = await temporaryDirectory();
  const [path, store, json] = ['t.csv', 'store', 'out.json'].map((name) => join(directory, name));
  await writeFile(path!, [header, ...lines, ''].join('\n'));
  const run = async (...args: readonly string[]) => {
    const result = await runInProcess(...args, '--json', json!, '--quiet');
    expect([result.status, result.stderr]).toEqual([0, '']);
    return JSON.parse(await readFile(json!, 'utf8'));
  };
  return { directory, path: path!, store: store!, run };
}

describe('short-lived pods: jobs of three hours', () => {
  // On one grid of ten years all jobs would take 5 GB for each resource.
  it.each([
    ['a month', 40_000],
    ['ten years', 5_200_000],
  ])('of %s are imported at one minute, every row of them', async (_, minutes) => {
    const lines = steps(120).flatMap((job) => {
      const begin = ((job * 7919 * 131) % minutes) * 60 - minutes * 60;
      return steps(180).map((k) => `job-${job},${iso(begin + 60 * k)},${k / 8}`);
    });
    const { path, store, run } = await withFile('application_id,timestamp,cpu', lines);
    const imported = await run('import', path, '--store', store);
    expect(imported).toMatchObject({ rows: 21_600, applications: 120, points: 21_600 });
    expect(imported.notices).toEqual([]);
  });
});

describe('sparse and idle: functions that are measured only when they are called', () => {
  // One in some seven to twenty steps of an exact five-minute grid.
  const places = steps(200).map((k) => 13 * k + ((k * k * 31) % 11));

  it('are imported on their grid', async () => {
    const lines = places.map((place, k) => `fn,${iso(place * 60)},${1 + (k % 5)}`);
    const { path, store, run } = await withFile('application_id,timestamp,cpu', lines);
    const imported = await run('import', path, '--store', store);
    expect(imported).toMatchObject({ rows: 200, applications: 1, points: 200 });
  });

  it('are forecast, and discard no other series of their file', async () => {
    const sparse = places.map((place, k) => `fn,${iso(place * 300)},${1 + (k % 5)}`);
    const full = steps(600).map((k) => `web,${iso(k * 300)},${10 + (k % 7)}`);
    const { directory, path, run } = await withFile('unique_id,ds,y', [...sparse, ...full]);
    const out = join(directory, 'f.csv');
    await run('forecast', path, '--horizon', '3', '--levels', '0.5', '--out', out);
    const rows = (await readFile(out, 'utf8')).trimEnd().split('\n').slice(1);
    const follows = (id: string, last: number) =>
      [1, 2, 3].map((k) => `${id},${iso(last + 300 * k)}`);
    const written = rows.map((row) => {
      const [id, , ds] = row.split(',');
      return `${id},${new Date(Date.parse(ds!)).toISOString()}`;
    });
    const expected = [...follows('fn', places.at(-1)! * 300), ...follows('web', 599 * 300)];
    expect(written).toEqual(expected);
  });
});

describe('steps of any size', () => {
  it.each([
    ['half a minute', 30],
    ['seven seconds, which divide no hour', 7],
    ['eleven minutes, which divide no day', 660],
  ])('%s: imported, trained, allocated and monitored', async (_, stepSeconds) => {
    const value = (k: number) => 2 + Math.sin(k / 50) + ((k * 7919) % 13) / 100;
    const first = -900 * stepSeconds;
    const lines = steps(900).map(
      (k) => `shop,${iso(first + k * stepSeconds)},${value(k).toFixed(3)}`,
    );
    const { directory, path, store, run } = await withFile('application_id,timestamp,cpu', lines);
    const config = join(directory, 'c.json');
    await writeFile(config, JSON.stringify({ stepSeconds, resources: ['cpu'] }));
    expect(await run('import', path, '--store', store)).toMatchObject({ points: 900 });
    const common = ['--store', store, '--config', config, '--at', iso(0)];
    await run('train', ...common, '--workers', '1');
    const { reason, instances } = await run('allocate', 'shop', ...common);
    expect(reason).toMatchObject({ source: 'forecast', model: { cpu: expect.any(String) } });
    expect(reason.model_faults).toBeUndefined();
    expect(instances).toBeGreaterThanOrEqual(1);
    const { applications } = await run('monitor', '--once', ...common);
    expect(applications).toHaveLength(1);
  });
});
