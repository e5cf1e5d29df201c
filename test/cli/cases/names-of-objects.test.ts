import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const START = Date.UTC(2026, 4, 1) / 1000;
const HOURS = 120;

it('names that every object has are names like any other, of applications and of types', async () => {
  const directory = await temporaryDirectory();
  const at = (name: string) => join(directory, name);
  const lines = NAMES.flatMap((name) =>
    Array.from({ length: HOURS }, (_, k) => {
      const time = new Date((START + k * 3600) * 1000).toISOString();
      return `${name},${time},${2 + Math.sin(k / 4) + (k % 3) / 10},${name}`;
    }),
  );
  const header = 'application_id,timestamp,cpu,application_type';
  await writeFile(at('t.csv'), [header, ...lines, ''].join('\n'));
  const config = {
    stepSeconds: 3600,
    resources: ['cpu'],
    training: { context: 48, horizon: 24, origins: 2 },
    detection: { timeZones: { constructor: 'Europe/Berlin' } },
  };
  await writeFile(at('c.json'), JSON.stringify(config));
  const run = async (command: string, ...args: readonly string[]) => {
    const options = ['--store', at('store'), '--json', at('o.json'), '--quiet'];
    const result = await runInProcess(command, ...args, ...options);
    expect([result.status, result.stderr]).toEqual([0, '']);
    return JSON.parse(await readFile(at('o.json'), 'utf8'));
  };
  const settings = ['--config', at('c.json')];
  expect(await run('import', at('t.csv'))).toMatchObject({ applications: NAMES.length });
  await run('train', ...settings, '--at', 'last', '--workers', '1');
  await run('recluster', ...settings, '--workers', '1');
  for (const name of NAMES) {
    const decided = await run('allocate', name, ...settings, '--at', 'last', '--type', name);
    expect(decided).toMatchObject({ application_id: name, reason: { source: 'forecast' } });
    expect(await run('profile', name)).toMatchObject({ application_id: name });
    // Nothing is known of it but its type.
    const unknown = await run('allocate', `new-${name}`, ...settings, '--type', name);
    expect(unknown).toMatchObject({ reason: { source: 'default' } });
  }
  const monitored = await run('monitor', '--once', ...settings, '--at', 'last');
  const ids = monitored.applications.map((one: { application_id: string }) => one.application_id);
  expect(ids.sort()).toEqual([...NAMES].sort());
});
