import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { exampleCluster, exampleProfile } from '#test/adapters/contracts/example-profiles.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const START = Date.UTC(2026, 4, 20) / 1000;
const IDS = ['bad', 'good'];

/** Two applications in clusters of their own, of which one has a broken document. */
async function storeWith(table: 'application_profile' | 'cluster_profile', body: string) {
  const directory = await temporaryDirectory();
  const store = join(directory, 'store');
  const config = join(directory, 'c.json');
  const training = { context: 48, horizon: 24, origins: 2 };
  await writeFile(config, JSON.stringify({ stepSeconds: 3600, resources: ['cpu'], training }));
  const open = await openLocalStore(store);
  for (const applicationId of IDS) {
    const points = Array.from({ length: 100 }, (_, k) => ({
      timestampSeconds: START + k * 3600,
      footprint: { cpu: 2 + (k % 24) / 10, memory: null, disk: null, network: null },
    }));
    await open.history.append([{ applicationId, applicationType: null, points }]);
    await open.profiles.putApplication({
      ...exampleProfile,
      applicationId,
      clusterId: applicationId,
    });
  }
  await open.profiles.putClusters(
    IDS.map((id) => ({ ...exampleCluster(id), applications: [id], medoid: id })),
  );
  await open.close();
  const instance = await DuckDBInstance.create(join(store, 'store.duckdb'));
  const connection = await instance.connect();
  const id = table === 'cluster_profile' ? 'cluster_id' : 'application_id';
  await connection.run(`UPDATE ${table} SET body = $body WHERE ${id} = 'bad'`, { body });
  connection.closeSync();
  instance.closeSync();
  return (...args: readonly string[]) =>
    runInProcess(...args, '--store', store, '--config', config);
}

const BROKEN = [
  ['no JSON', 'no JSON'],
  ['of another kind', '{"some": "thing"}'],
  ['null', 'null'],
] as const;

describe('one broken profile fails alone and is named', () => {
  it.each(BROKEN)('where it is %s', async (_, body) => {
    const run = await storeWith('application_profile', body);
    const good = await run('allocate', 'good');
    expect(good.status).toBe(0);
    const bad = await run('allocate', 'bad');
    expect(bad.status).toBe(1);
    expect(bad.stderr).toContain('profile bad cannot be read');
    const trained = await run('train', '--workers', '1', '--quiet');
    expect(trained.status).toBe(1);
    expect(trained.stdout).toContain('good');
    expect(trained.stderr).toMatch(/bad could not be trained: .*profile bad cannot be read/);
    const reclustered = await run('recluster', '--workers', '1', '--quiet');
    expect(reclustered.stderr).toContain('bad: store');
    expect((await run('allocate', 'good')).status).toBe(0);
  });
});

describe('one unreadable cluster fails alone', () => {
  it.each(BROKEN)('where it is %s', async (_, body) => {
    const run = await storeWith('cluster_profile', body);
    for (const id of IDS) expect((await run('allocate', id)).status).toBe(0);
    const trained = await run('train', '--workers', '1', '--quiet');
    expect(trained.status).toBe(0);
    expect((await run('recluster', '--workers', '1', '--quiet')).status).toBe(0);
  });
});
