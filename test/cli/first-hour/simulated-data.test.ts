import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { smallTrace } from '#test/cli/small-trace.ts';

const CONFIG = {
  stepSeconds: 3600,
  resources: ['cpu'],
  training: { context: 48, horizon: 4, origins: 2, network: { epochs: 0 } },
};

/** A trace whose applications `made-…` say of themselves that they are simulated. */
function mixedTrace(): string {
  const [head, ...lines] = smallTrace({ applications: ['made-up', 'real'], hours: 120 })
    .trim()
    .split('\n');
  const marked = lines.map((line) => `${line},${line.startsWith('made') ? 'true' : ''}`);
  return [`${head},simulated`, ...marked, ''].join('\n');
}

describe('simulated data stay marked once they are stored', () => {
  const MIXED = 'simulated, not measured: made-up';
  const ALONE = 'simulated: made-up was not measured';
  let directory: string;
  const done = async (...args: readonly string[]) => {
    const result = await runInDirectory(directory, ...args);
    expect(result.status).toBe(0);
    return result;
  };
  const json = async (...args: readonly string[]) => {
    await done(...args, '--json', 'out.json');
    return JSON.parse(await readFile(join(directory, 'out.json'), 'utf8'));
  };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'foreprint-test-'));
    await writeFile(join(directory, 't.csv'), mixedTrace());
    await writeFile(join(directory, 'c.json'), JSON.stringify(CONFIG));
    expect((await done('import', 't.csv')).stderr).toContain(MIXED);
    const trained = await done('train', '--config', 'c.json', '--workers', '1');
    expect(trained.stderr).toContain(MIXED);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('in status', async () => {
    expect((await done('status')).stdout.split('\n')).toContain(MIXED);
    const { applications } = await json('status');
    expect(applications).toMatchObject([
      { application_id: 'made-up', simulated: true },
      { application_id: 'real', simulated: false },
    ]);
  });

  it('in decisions', async () => {
    const config = ['--config', 'c.json'];
    expect((await done('allocate', ...config)).stdout.split('\n')).toContain(MIXED);
    expect((await done('allocate', 'made-up', ...config)).stdout.split('\n')).toContain(ALONE);
    expect(await json('allocate', 'made-up', ...config)).toMatchObject({ simulated: true });
    expect(await json('allocate', 'real', ...config)).not.toHaveProperty('simulated');
    expect((await done('allocate', 'real', ...config)).stdout).not.toContain('simulated');
  });

  it('in profiles and monitoring', async () => {
    expect((await done('profile', 'made-up')).stdout).toContain('its history was not measured');
    expect((await done('profile', 'real')).stdout).not.toContain('not measured');
    expect(await json('profile', 'made-up')).toMatchObject({ simulated: true });
    const monitored = await done('monitor', '--once', '--at', 'last', '--config', 'c.json');
    expect(monitored.stdout.split('\n')).toContain(MIXED);
  });

  it('where the same application is measured afterwards', async () => {
    const measured = smallTrace({ applications: ['made-up'], hours: 130 });
    await writeFile(join(directory, 'later.csv'), measured);
    await done('import', 'later.csv');
    expect((await done('status')).stdout.split('\n')).toContain(MIXED);
  });
});
