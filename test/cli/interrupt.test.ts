import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runCli, startCli } from './run-cli.ts';
import { runInDirectory } from './run-in-process.ts';
import { smallTrace } from './small-trace.ts';

const HOURLY = {
  stepSeconds: 3600,
  resources: ['cpu'],
  training: { context: 48, horizon: 24, origins: 2 },
};

const names = (count: number): string[] => Array.from({ length: count }, (_, k) => `app-${k}`);

const modelFiles = async (directory: string): Promise<string[]> =>
  (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.onnx'));

async function storedProfiles(directory: string) {
  const store = await openLocalStore(join(directory, '.foreprint'));
  try {
    return await store.profiles.applications();
  } finally {
    await store.close();
  }
}

describe('Ctrl-C', () => {
  it('ends a replay with status 130 and leaves no half-written file', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 't.csv'), smallTrace({ applications: names(80), hours: 200 }));
    const cli = startCli(directory, 'replay', 't.csv', '--json', 'r.json', '--workers', '1');
    // The first line comes after two seconds, with most of the work still ahead on any machine.
    await cli.said('Replaying applications');
    cli.process.kill('SIGINT');
    const { status, stderr, stdout } = await cli.result;
    expect(stderr).toContain('foreprint: interrupted');
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect((await readdir(directory)).sort()).toEqual(['report', 't.csv']);
    expect(await readdir(join(directory, 'report'))).toEqual([]);
  });

  it('ends a training with status 130 and leaves a usable store', async () => {
    const directory = await temporaryDirectory();
    const models = join(directory, '.foreprint', 'models');
    const applications = names(6);
    await writeFile(join(directory, 't.csv'), smallTrace({ applications, hours: 200 }));
    await writeFile(join(directory, 'c.json'), JSON.stringify(HOURLY));
    await runInDirectory(directory, 'import', 't.csv');
    const cli = startCli(directory, 'train', '--config', 'c.json', '--workers', '1');
    // The first of six models and more: most of the work still lies ahead.
    while ((await modelFiles(models)).length === 0) await sleep(5);
    cli.process.kill('SIGINT');
    expect((await cli.result).status).toBe(130);
    // Whatever profile is there points to model files that are there and whole.
    const files = await modelFiles(models);
    for (const { predictiveModel } of await storedProfiles(directory)) {
      for (const { sha256 } of Object.values(predictiveModel)) {
        expect(files).toContain(`${sha256}.onnx`);
      }
    }
    const again = await runInDirectory(directory, 'train', '--config', 'c.json', '--workers', '1');
    expect(again.status).toBe(0);
    expect(await storedProfiles(directory)).toHaveLength(applications.length);
  });

  it.skipIf(process.platform !== 'linux')('ends a recording with status 0', async () => {
    const directory = await temporaryDirectory();
    const cli = startCli(directory, 'record', '--step', '1', '--application', 'host');
    await cli.said('memory');
    // The store is free between two points.
    const store = await openLocalStore(join(directory, '.foreprint')).catch(() => null);
    await store?.close();
    cli.process.kill('SIGINT');
    const { status, stdout } = await cli.result;
    expect(status).toBe(0);
    expect(stdout).toMatch(/\d+ points? of host recorded/);
    const after = await openLocalStore(join(directory, '.foreprint'));
    const recorded = await after.history.application('host');
    await after.close();
    expect(recorded?.points).toBeGreaterThanOrEqual(1);
    expect(recorded?.stepSeconds).toBeGreaterThan(0);
  });
});

it('a recording stops after the requested time', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'x'), '');
  const { status, stdout } = await runCli(directory, 'record', '--step', '1', '--for', '3');
  expect(status).toBe(0);
  expect(stdout).toContain('recorded');
});
