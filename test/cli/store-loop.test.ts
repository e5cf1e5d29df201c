import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { clusterDocument } from '#cli/presenters/cluster-document.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { recluster } from '#core/use-cases/recluster.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import type { CliResult } from './run-cli.ts';
import { runInDirectory } from './run-in-process.ts';
import { smallTrace } from './small-trace.ts';

/** An hourly trace wants hourly settings; small numbers keep the test short. */
const CONFIG = {
  stepSeconds: 3600,
  resources: ['cpu', 'memory'],
  training: { context: 168, horizon: 24, origins: 4 },
  allocation: {
    warmUpSeconds: 3600,
    defaultsByType: { web: { instanceCapacity: { cpu: 1 } } },
  },
};

const ONE_THREAD = ['--config', 'c.json', '--workers', '1'];

it('a trace goes through import, train, recluster, profile, allocate and monitor', async () => {
  const directory = await temporaryDirectory();
  const json = async (file: string) => JSON.parse(await readFile(join(directory, file), 'utf8'));
  const done = async (...args: readonly string[]): Promise<CliResult> => {
    const result = await runInDirectory(directory, ...args);
    expect(result.stderr).not.toContain('foreprint:');
    expect(result.status).toBe(0);
    return result;
  };
  const trace = smallTrace({ applications: ['left', 'right'], hours: 300 });
  await writeFile(join(directory, 't.csv'), trace);
  await writeFile(join(directory, 'c.json'), JSON.stringify(CONFIG));

  await done('import', 't.csv', '--json', 'import.json');
  expect(await json('import.json')).toMatchObject({ applications: 2, points: 600 });
  await done('import', 't.csv');

  const trained = await done('train', ...ONE_THREAD, '--json', 'train.json');
  expect(trained.stderr).toContain(
    'taken as now: 2026-01-17T12:00:00.000Z, the end of its history',
  );
  await done('recluster', '--config', 'c.json', '--json', 'clusters.json');
  const { clusters } = await json('clusters.json');
  expect(clusters.flatMap((c: { applications: string[] }) => c.applications).sort()).toEqual([
    'left',
    'right',
  ]);

  const allocated = await done('allocate', 'left', '--config', 'c.json', '--json', 'allocate.json');
  expect(allocated.stdout).toContain("from the application's own forecast");
  const decision = await json('allocate.json');
  expect(Object.keys(decision)).toEqual(
    expect.arrayContaining(['application_id', 'allocated', 'instances', 'reason']),
  );
  expect(Object.keys(decision.allocated)).toEqual(['cpu', 'memory', 'disk', 'network']);
  expect(Object.keys(decision.reason)).toEqual(
    expect.arrayContaining(
      'source forecast quantile available unreliable safety_margin limits model'.split(' '),
    ),
  );
  expect(decision.reason.source).toBe('forecast');
  // Between the smallest and the largest value that the trace's generator can give.
  expect(decision.allocated.cpu).toBeGreaterThan(1.8);
  expect(decision.allocated.cpu).toBeLessThan(8);

  await done('profile', 'left', '--json', 'profile.json');
  const profile = await json('profile.json');
  expect(Object.keys(profile)).toEqual(
    expect.arrayContaining([
      'application_id',
      'cluster_id',
      'historical_data',
      'predictive_model',
      'current_resource_allocation',
    ]),
  );
  expect(profile.historical_data.cpu).toMatchObject({ points: 300, missing: 0 });
  expect(profile.predictive_model.cpu.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(profile.current_resource_allocation.instances).toBe(decision.instances);
  expect(profile.current_resource_allocation.decided_at).toBe('2026-01-17T12:00:00Z');

  const types = [
    { name: 'dear', cpu: 4, pricePerHour: 9 },
    { name: 'fair', cpu: 4, memory: 2 ** 40, pricePerHour: 1 },
  ];
  await writeFile(join(directory, 'types.json'), JSON.stringify(types));
  const asked = ['allocate', 'left', '--config', 'c.json', '--instance-types', 'types.json'];
  const sized = await done(...asked, '--json', 'sized.json');
  expect(sized.stdout).toContain('cheapest instance type: fair');
  const { recommendation } = await json('sized.json');
  expect(recommendation.map((size: { type: string }) => size.type)).toEqual(['fair', 'dear']);
  // One or two of them hold any value that the trace's generator gives.
  expect(recommendation[0].peak_instances).toBeLessThanOrEqual(2);
  expect(recommendation[0].cost_per_hour).toBe(recommendation[0].mean_instances);

  await writeFile(join(directory, 'r.json'), '{"cpu": 7}');
  const needless = await done('allocate', 'left', '--config', 'c.json', '--requested', 'r.json');
  expect(needless.stderr).toContain('--requested has no effect: there is a forecast of left');
  await done('allocate', 'right', '--config', 'c.json', '--at', '2026-01-17T11:00:00Z');
  const monitored = await done('monitor', '--once', '--config', 'c.json', '--json', 'm.json');
  expect(monitored.stdout).toContain('right: within its allocation');
  const { applications } = await json('m.json');
  expect(applications.map((a: { application_id: string }) => a.application_id)).toEqual([
    'left',
    'right',
  ]);
  // Every step is monitored once.
  expect((await done('monitor', '--once', '--config', 'c.json')).stdout).toBe('');

  const store = await openLocalStore(join(directory, '.foreprint'));
  const stored = await store.history.applications();
  const log = await store.profiles.allocationLog('right', 10);
  await store.close();
  expect(stored.map(({ points }) => points)).toEqual([300, 300]);
  expect(log.map(({ decidedAtSeconds }) => decidedAtSeconds)).toContain(
    Date.UTC(2026, 0, 17, 11) / 1000,
  );
});

it('cluster and recluster give the same clusters the same names on the same trace', async () => {
  const directory = await temporaryDirectory();
  const applications = ['left', 'right'].flatMap((side) => [1, 2, 3].map((k) => `${side}/${k}`));
  await writeFile(join(directory, 't.csv'), smallTrace({ applications, hours: 300 }));
  await runInDirectory(directory, 'import', 't.csv');
  const traced = await runInDirectory(directory, 'cluster', 't.csv', '--json', 'traced.json');
  const { clusters } = JSON.parse(await readFile(join(directory, 'traced.json'), 'utf8'));

  const settings = { ...DEFAULT_SETTINGS, stepSeconds: 3600 };
  const store = await openLocalStore(join(directory, '.foreprint'));
  const stored = await recluster(store, Date.UTC(2026, 0, 17, 12) / 1000, settings);
  await store.close();
  expect(JSON.parse(JSON.stringify(stored.clusters.map(clusterDocument)))).toEqual(clusters);
  const [{ cluster_id: clusterId, medoid, name }] = clusters;
  expect(clusterId).toBe(`like-${medoid.replace('/', '-')}`);
  expect(name).toMatch(new RegExp(`^like ${medoid} \\(.*\\)$`));
  expect(traced.stdout).toContain(name);
});

it('an application measured for half a day is forecast from these hours, as training wants more', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 't.csv'), smallTrace({ applications: ['young'], hours: 14 }));
  await writeFile(join(directory, 'c.json'), JSON.stringify(CONFIG));
  const allocated = async () => {
    await runInDirectory(directory, 'allocate', 'young', '--config', 'c.json', '--json', 'a.json');
    return JSON.parse(await readFile(join(directory, 'a.json'), 'utf8'));
  };
  await runInDirectory(directory, 'import', 't.csv');
  expect((await allocated()).reason.source).toBe('default');
  const { status, stdout } = await runInDirectory(directory, 'train', ...ONE_THREAD);
  expect(status).toBe(0);
  expect(stdout).toContain('14.0 h measured, 48.0 h needed');
  const { reason } = await allocated();
  expect(reason.source).toBe('forecast');
  expect(reason.model).toEqual({ cpu: 'similar situations', memory: 'similar situations' });
  expect(reason.forecast.cpu).toBeGreaterThan(2);
  expect(reason.forecast.cpu).toBeLessThan(7);
});

it('an unknown application gets the defaults of its type, or what it asks for', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'r.json'), JSON.stringify({ cpu: 7 }));
  const args = ['allocate', 'new', '--type', 'web', '--requested', 'r.json', '--json', 'a.json'];
  const { status, stdout, stderr } = await runInDirectory(directory, ...args);
  expect(status).toBe(0);
  expect(stderr).not.toContain('no effect');
  expect(stdout).toContain('the defaults of its type');
  const { allocated, instances, reason } = JSON.parse(
    await readFile(join(directory, 'a.json'), 'utf8'),
  );
  expect(reason.source).toBe('default');
  expect(allocated.cpu).toBe(7);
  // 7 cores on instances of 2.
  expect(instances).toBe(4);
});
