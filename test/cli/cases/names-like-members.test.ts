import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';
import { smallTrace } from '#test/cli/small-trace.ts';

/** What every object has in JavaScript, so that a lookup by such a name finds something. */
const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
const HOURS = 200;
const CONFIG = {
  stepSeconds: 3600,
  resources: ['cpu'],
  training: { context: 48, horizon: 24, origins: 2 },
};

interface Named {
  readonly application_id: string;
}

/** A trace of all of them, of which one is of a type called `constructor`, and how to run commands. */
async function namedTrace() {
  const directory = await temporaryDirectory();
  const file = (name: string) => join(directory, name);
  const [header, ...rows] = smallTrace({ applications: NAMES, hours: HOURS }).trimEnd().split('\n');
  const typed = rows.map((row) => `${row},${row.startsWith('toString') ? 'constructor' : 'web'}`);
  const lines = [`${header},application_type`, ...typed, ''];
  await writeFile(file('t.csv'), lines.join('\n'));
  await writeFile(file('c.json'), JSON.stringify(CONFIG));
  const common = ['--store', file('store')];
  const settings = ['--config', file('c.json')];
  const run = async (...args: readonly string[]) => {
    const done = await runInProcess(...args, '--json', file('out.json'), '--quiet');
    expect([done.status, done.stderr]).toEqual([0, '']);
    return JSON.parse(await readFile(file('out.json'), 'utf8'));
  };
  return { file, common, settings, run };
}

const namesOf = (found: readonly Named[]): readonly string[] =>
  found.map(({ application_id: id }) => id).sort();

describe('applications named like members of every object', () => {
  it('are imported, trained, allocated for, described, monitored and replayed as any other', async () => {
    const { file, common, settings, run } = await namedTrace();
    expect(await run('import', file('t.csv'), ...common)).toMatchObject({
      applications: NAMES.length,
      points: NAMES.length * HOURS,
    });
    const trained = await run('train', ...common, ...settings, '--workers', '1');
    expect(namesOf(trained.applications)).toEqual(NAMES);
    for (const name of NAMES) {
      const allocated = await run('allocate', name, ...common, ...settings);
      expect(allocated).toMatchObject({ application_id: name, reason: { source: 'forecast' } });
      // Of a type without defaults of its own, whatever the type is called.
      expect(allocated.instances).toBeGreaterThanOrEqual(1);
      const profile = await run('profile', name, ...common);
      expect(profile.historical_data.cpu).toMatchObject({ points: HOURS, missing: 0 });
      expect(profile.predictive_model.cpu.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(profile.current_resource_allocation.instances).toBe(allocated.instances);
    }
    const monitored = await run('monitor', '--once', ...common, ...settings);
    expect(namesOf(monitored.applications)).toEqual(NAMES);
    const options = ['--policies', 'oracle', '--resources', 'cpu', '--no-report', '--workers', '1'];
    const replayed = await run('replay', file('t.csv'), ...options);
    expect(namesOf(replayed.applications)).toEqual(NAMES);
    for (const { policies } of replayed.applications) expect(policies).toHaveProperty('oracle');
  });
});
