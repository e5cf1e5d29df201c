import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { at, parquetFile, TRACE_HEADER } from '#test/adapters/local/input-files.ts';
import { startChild } from '#test/adapters/local/store/child-process.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runCli, startCli, type CliResult } from './run-cli.ts';
import { runInDirectory } from './run-in-process.ts';
import { smallTrace } from './small-trace.ts';

const row = (step: number, cpu: string | number = 1) => `a,${at(step)},${cpu},2,3,4`;
const trace = (...lines: readonly string[]) => [TRACE_HEADER, ...lines, ''].join('\n');
const steps = (count: number) => Array.from({ length: count }, (_, k) => k);

/** Runs a command and expects status 2 and one line on standard error, which it returns. */
const refused = (directory: string, ...args: readonly string[]): Promise<string> =>
  lineOf(runInDirectory(directory, ...args, '--quiet'));

async function lineOf(run: Promise<CliResult>): Promise<string> {
  const { status, stderr, stdout } = await run;
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
  return stderr.trimEnd();
}

async function refusedTrace(content: string, ...args: readonly string[]): Promise<string> {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 't.csv'), content);
  return refused(directory, ...args, 't.csv');
}

describe('the command line rejects with status 2 and one line', () => {
  it('a file that does not exist', async () => {
    const directory = await temporaryDirectory();
    const line = await lineOf(runCli(directory, 'replay', 'none.csv', '--quiet'));
    expect(line).toBe('foreprint: none.csv: no such file');
  });

  it.each(['t.csv', 't.csv/deeper/store'])('a store whose path is a file: %s', async (store) => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 't.csv'), trace(row(0), row(1)));
    expect(await refused(directory, 'import', 't.csv', '--store', store)).toBe(
      `foreprint: store ${store} cannot be made: a part of its path is a file`,
    );
  });

  it.each([['status'], ['store', 'check'], ['store', 'compact']])(
    'unusable settings that are given to %s',
    async (...args) => {
      const directory = await temporaryDirectory();
      await writeFile(join(directory, 't.csv'), trace(row(0), row(1)));
      await writeFile(join(directory, 's.json'), '{"stepSeconds":0}');
      await runInDirectory(directory, 'import', 't.csv');
      expect(await refused(directory, ...args, '--config', 's.json')).toMatch(
        /^foreprint: s\.json: stepSeconds/,
      );
    },
  );

  it.each([
    ['an empty file', '', 't.csv: is empty'],
    [
      'a missing column',
      'application_id,time,cpu\na,2026-01-01T00:00:00Z,1\n',
      't.csv: column timestamp: missing; the file has application_id, time, cpu (--map timestamp=COLUMN)',
    ],
    [
      'text where a number belongs',
      trace(row(0), row(1, 'much')),
      't.csv: line 3, column cpu: "much" is not a number',
    ],
    ['a negative value', trace(row(0), row(1, -2)), 't.csv: line 3, column cpu: -2 is negative'],
    [
      'an infinite value',
      trace(row(0, 'inf'), row(1)),
      't.csv: line 2, column cpu: "inf" is not a finite number',
    ],
    [
      'one single point',
      trace(row(0)),
      'the trace has 1 steps; a replay needs more than 2016 (seven days) before it counts anything',
    ],
  ])('%s', async (_, content, message) => {
    expect(await refusedTrace(content, 'replay', '--no-report')).toBe(`foreprint: ${message}`);
  });

  it('another step than requested', async () => {
    const lines = steps(20).map((k) => row(2 * k));
    const line = await refusedTrace(trace(...lines), 'import', '--step', '300');
    expect(line).toContain(
      't.csv: column timestamp: application a has a step of 600 s, not of 300 s',
    );
  });

  it('a Parquet file that is cut off half-way', async () => {
    const path = await parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (5 * k) MINUTE AS "timestamp",
              random() AS cpu FROM range(20000) t(k)`,
    );
    await truncate(path, (await readFile(path)).length >> 1);
    const line = await refused(await temporaryDirectory(), 'cluster', path);
    expect(line).toBe(`foreprint: ${path}: is not a whole Parquet file; it may be cut off`);
  });

  it('a series without y', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 's.csv'), 'unique_id,ds,value\na,2026-01-01,1\n');
    const line = await refused(directory, 'forecast', 's.csv', '--horizon', '2', '--out', 'f.csv');
    expect(line).toMatch(/^foreprint: s\.csv: column y: missing/);
    expect(await readdir(directory)).toEqual(['s.csv']);
  });

  it('an unknown command', async () => {
    const line = await refused(await temporaryDirectory(), 'paint');
    expect(line).toBe('foreprint: unknown command "paint"; "foreprint --help" lists the commands');
  });

  it('a store that does not exist', async () => {
    const line = await refused(await temporaryDirectory(), 'profile', 'a');
    expect(line).toContain('foreprint: .foreprint: there is no store yet');
  });

  it('a settings file, naming all its faults', async () => {
    const directory = await temporaryDirectory();
    const config = { training: { origins: 0 }, allocation: { warmupSecond: 5 } };
    await writeFile(join(directory, 'c.json'), JSON.stringify(config));
    const line = await refused(directory, 'allocate', 'a', '--config', 'c.json');
    expect(line).toContain('c.json: training.origins: ');
    expect(line).toContain('allocation: unknown key "warmupSecond"; did you mean "warmUpSeconds"?');
  });

  it('a store that another process has open, unless it is waited for', async () => {
    const directory = await temporaryDirectory();
    const holder = startChild('hold-store.ts', [join(directory, '.foreprint')]);
    await holder.line('open');
    await writeFile(join(directory, 't.csv'), trace(row(0)));
    const { status, stderr } = await runInDirectory(directory, 'import', 't.csv');
    expect(status).toBe(75);
    expect(stderr).toContain('.foreprint/store.duckdb is locked by another process');
    const waiting = startCli(directory, 'import', 't.csv', '--wait', '600');
    await delay(3000);
    expect(waiting.process.exitCode).toBeNull();
    holder.process.stdin?.end();
    await holder.ended;
    expect((await waiting.result).status).toBe(0);
  });

  it('an output directory that is read-only, before any work', async () => {
    const directory = await temporaryDirectory();
    const readOnly = await readOnlyDirectory();
    const line = await refused(directory, 'replay', '--json', join(readOnly, 'r.json'));
    expect(line).toMatch(/r\.json: cannot be written: /);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('the command line fails with status 1 and one line', () => {
  it.skipIf(!canMount())(
    'when the disk is full, and leaves no file (skipped without mount)',
    async () => {
      const full = await mountTmpfs('size=512k');
      const { status, stderr } = await runCli(full, 'sample', '--out', 's.csv', '--days', '3');
      expect(stderr.trimEnd()).toBe('foreprint: s.csv: cannot be written: the disk is full');
      expect(status).toBe(1);
      expect(await readdir(full)).toEqual([]);
    },
  );
});

describe('the command line accepts', () => {
  it('unsorted and repeated rows, with a notice', async () => {
    const directory = await temporaryDirectory();
    const lines = steps(30).map((k) => row((k * 7) % 30, k));
    await writeFile(join(directory, 't.csv'), trace(...lines, row(3, 99)));
    const { status, stdout, stderr } = await runInDirectory(directory, 'import', 't.csv');
    expect(status).toBe(0);
    expect(stdout).toContain('30 points of 1 application ');
    expect(stderr).toContain('1 row repeats the time of an earlier row: the last one counts (a)');
  });

  it('an application without measurements', async () => {
    const directory = await temporaryDirectory();
    const empty = steps(20).map((k) => `silent,${at(12 * k)},,,,`);
    const content = smallTrace({ applications: ['busy'], hours: 200 }) + `${empty.join('\n')}\n`;
    await writeFile(join(directory, 't.csv'), content);
    const { status, stderr } = await runInDirectory(
      directory,
      ...['replay', 't.csv', '--json', 'r.json', '--workers', '1'],
    );
    expect(stderr).toContain('1 application has nothing measured (silent)');
    expect(status).toBe(0);
    const { models } = JSON.parse(await readFile(join(directory, 'r.json'), 'utf8'));
    expect(models.none).toBe(1);
  });
});

/** Root may write anywhere, so it needs a file system that cannot be written to at all. */
async function readOnlyDirectory(): Promise<string> {
  if (canMount()) return mountTmpfs('ro,size=1m');
  const directory = await temporaryDirectory();
  await chmod(directory, 0o555);
  onTestFinished(() => chmod(directory, 0o755));
  return directory;
}

async function mountTmpfs(options: string): Promise<string> {
  const directory = join(await temporaryDirectory(), 'mount');
  await mkdir(directory);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
