import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';
import { smallTrace } from '#test/cli/small-trace.ts';

const lineOf = async (...args: readonly string[]): Promise<string> => {
  const { status, stderr } = await runInProcess(...args);
  expect(status).toBe(2);
  return stderr;
};

describe('a mistyped word is answered with the one that was meant', () => {
  it.each([
    ['reply', 'unknown command "reply"; did you mean "replay"?'],
    ['alocate', 'unknown command "alocate"; did you mean "allocate"?'],
    ['enroll', 'unknown command "enroll"; did you mean "enrol"?'],
    ['paint', 'unknown command "paint"; "foreprint --help" lists the commands'],
  ])('%s', async (word, line) => {
    expect(await lineOf(word)).toBe(`foreprint: ${line}\n`);
  });

  it('an option', async () => {
    expect(await lineOf('train', '--stor', 'x')).toContain('(Did you mean --store?)');
  });
});

describe('what follows the arguments is refused', () => {
  it.each([
    ['monitor', 'extra'],
    ['status', 'extra'],
    ['sample', 'foo', '--out', 'x.csv'],
    ['profile', 'a', 'b'],
    ['recluster', 'a'],
    ['detect', 'a.csv', 'b.csv', '--out', 'c.csv'],
  ])('%s %s', async (...args) => {
    expect(await lineOf(...args)).toContain(`too many arguments for '${args[0]}'`);
  });
});

describe('with two stored applications', () => {
  let directory: string;
  let store: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'foreprint-test-'));
    store = join(directory, 's');
    const trace = join(directory, 't.csv');
    await writeFile(trace, smallTrace({ applications: ['shop-eu', 'etl-batch'], hours: 200 }));
    expect((await runInProcess('import', trace, '--store', store)).status).toBe(0);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('a mistyped application is no new one', async () => {
    const line = await lineOf('allocate', 'shop-euu', '--store', store);
    expect(line).toContain('no application "shop-euu"; did you mean "shop-eu"? --new decides');
    expect(await lineOf('train', 'shop-euu', '--store', store)).toContain(
      'did you mean "shop-eu"?',
    );
    expect(await lineOf('profile', 'shop-euu', '--store', store)).toContain('"shop-eu"?');
  });

  it('but --new takes its name as it is, and from then on it is known', async () => {
    const created = await runInProcess('allocate', 'shop-eux', '--new', '--store', store);
    expect(created.status).toBe(0);
    expect((await runInProcess('allocate', 'shop-eux', '--store', store)).status).toBe(0);
  });

  it('profile without a name lists the names', async () => {
    expect(await lineOf('profile', '--store', store)).toContain('has etl-batch, shop-eu\n');
  });

  it('an unknown type is answered with those there are', async () => {
    const line = await lineOf('allocate', 'shop-eu', '--type', 'frontend', '--store', store);
    expect(line).toContain('--type: no type "frontend"; there are default, web, batch');
  });

  it('an instance is given in units, a name of a type is refused', async () => {
    const args = ['allocate', 'shop-eu', '--store', store, '--json', join(directory, 'a.json')];
    const sized = await runInProcess(...args, '--instance', 'cpu=4000m,memory=16Gi');
    expect(sized.stdout).toContain('of 4 cores, 16 GiB');
    const line = await lineOf(...args, '--instance', 'm5.large');
    expect(line).toContain('expected for example cpu=4,memory=16Gi, the sizes of that type');
  });

  it('what a deployment asks for is written with units too', async () => {
    const requested = join(directory, 'r.json');
    await writeFile(requested, '{"cpu":"7000m","memory":"16Gi"}');
    const args = ['allocate', 'new-shop', '--requested', requested, '--store', store];
    const { stdout } = await runInProcess(...args, '--instance', 'cpu=2,memory=4Gi');
    expect(stdout).toContain('at most 7 cores by default');
    expect(stdout).toContain('at most 16 GiB by default');
  });

  it('hourly data are worked on their own step, which is said', async () => {
    const { stderr, stdout } = await runInProcess('allocate', 'etl-batch', '--store', store);
    const remark = 'stored on a step of 3600 s, which is taken; settings say 300 s';
    expect(stderr).toContain(remark);
    expect(stdout).toContain('valid to');
  });

  it('without names there is a row for every application, within the width', async () => {
    const { stdout, status } = await runInProcess('allocate', '--store', store, '--quiet');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^application +instances +change/);
    expect(stdout).toMatch(/^shop-eu +/m);
    expect(stdout).toMatch(/^etl-batch +/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('status says what is stored and what to do next', async () => {
    const { stdout } = await runInProcess('status', '--store', store);
    expect(stdout).toMatch(/^shop-eu +8.33 days +3600 s/m);
    expect(stdout).toContain('not trained');
    expect(stdout).toContain('2 applications, none trained; next: foreprint train');
  });
});

describe('without a store', () => {
  it('neither a mistyped name nor status makes one', async () => {
    const store = join(await temporaryDirectory(), 's');
    const { status, stderr } = await runInProcess('allocate', 'shop-eu', '--store', store);
    expect([status, existsSync(store)]).toEqual([0, false]);
    expect(stderr).toContain(
      `there is no store in ${store}, so nothing is logged; --new makes one`,
    );
    expect(await lineOf('status', '--store', store)).toContain('there is no store yet');
    expect(await lineOf('allocate', '--store', store)).toContain('there is no store yet');
    expect(existsSync(store)).toBe(false);
    await runInProcess('allocate', 'shop-eu', '--new', '--store', store);
    expect(existsSync(store)).toBe(true);
  });
});

describe('files that are not what they should be', () => {
  it('a folder of tables is imported as it is, and one of something is counted as one', async () => {
    const directory = await temporaryDirectory();
    const store = join(directory, 's');
    const folder = join(directory, 'exported');
    await mkdir(folder);
    const point = (name: string, hour: number) =>
      `${name},2026-01-05T0${hour}:00:00Z,1,1000000000\n`;
    const head = 'application_id,timestamp,cpu,memory\n';
    await writeFile(join(folder, 'a.csv'), `${head}${point('web', 1)}`);
    const one = await runInProcess('import', folder, '--store', store);
    expect([one.status, one.stdout]).toEqual([
      0,
      `1 point of 1 application is in duckdb:${join(store, 'store.duckdb')}; next: foreprint train\n`,
    ]);
    const tabs = `${head}${point('api', 1)}${point('api', 2)}`.replaceAll(',', '\t');
    await writeFile(join(folder, 'b.tsv'), tabs);
    const two = await runInProcess('import', folder, '--store', store);
    expect(two.stdout).toContain('3 points of 2 applications are in ');
  });

  it('a table is not written under the name of another format', async () => {
    const out = join(await temporaryDirectory(), 'x.json');
    expect(await lineOf('sample', '--out', out)).toContain(
      'x.json: a table is not written as .json; endings are .csv, .csv.gz and .parquet',
    );
    expect(existsSync(out)).toBe(false);
  });

  it('a resource that was not measured is not replayed as zero', async () => {
    const trace = join(await temporaryDirectory(), 't.csv');
    const rows = Array.from({ length: 240 }, (_, hour) => {
      return `a,${new Date(1_767_571_200_000 + hour * 3_600_000).toISOString()},${1 + (hour % 24)}`;
    });
    await writeFile(trace, ['application_id,timestamp,cpu', ...rows, ''].join('\n'));
    const line = await lineOf('replay', trace, '--resources', 'memory', '--no-report');
    expect(line).toContain('t.csv measures no memory; it measures cpu (--resources)');
  });

  it.each([
    ['cpu in percent', (hour: number) => `${(hour * 7) % 98},4e9`, 'cpu looks like percent'],
    ['memory in MiB', (hour: number) => `2,${2000 + (hour % 24)}`, 'memory looks like MiB'],
    ['a counter', (hour: number) => `${hour * 3},4e9`, 'cpu only grows: it looks like a counter'],
  ])('%s is remarked on', async (_, values, remark) => {
    const directory = await temporaryDirectory();
    const rows = Array.from({ length: 300 }, (_unused, hour) => {
      return `a,${new Date(1_767_571_200_000 + hour * 3_600_000).toISOString()},${values(hour)}`;
    });
    const trace = join(directory, 't.csv');
    await writeFile(trace, ['application_id,timestamp,cpu,memory', ...rows, ''].join('\n'));
    const { status, stderr } = await runInProcess('import', trace, '--store', join(directory, 's'));
    expect(status).toBe(0);
    expect(stderr).toContain(remark);
  });
});
