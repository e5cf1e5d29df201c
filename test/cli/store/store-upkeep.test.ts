import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import {
  exampleCluster,
  exampleDecision,
  exampleProfile,
} from '#test/adapters/contracts/example-profiles.ts';
import { startChild } from '#test/adapters/local/store/child-process.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const DAY = 86_400;
const DAYS = 20;

/** Twenty days of a shop, a decision a day, and two models, of which a profile points to one. */
async function fillStore() {
  const directory = await mkdtemp(join(tmpdir(), 'foreprint-upkeep-'));
  const store = await openLocalStore(directory);
  const points = Array.from({ length: DAYS * 24 }, (_, k) => ({
    timestampSeconds: k * 3600,
    footprint: { cpu: k, memory: null, disk: null, network: null },
  }));
  await store.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  for (let day = 0; day < DAYS; day++) {
    await store.profiles.logAllocation(exampleDecision('shop', day * DAY, 1));
  }
  const models = createFileModelStore(directory);
  const { sha256 } = await models.put(new Uint8Array([1, 2, 3]));
  await models.put(new Uint8Array([4, 5, 6]));
  const network = { sha256 } as never;
  await store.profiles.putApplication({ ...exampleProfile, predictiveModel: { cpu: network } });
  await store.profiles.putClusters([exampleCluster('c1')]);
  await store.close();
  return { directory, sha256 };
}

let filled: Awaited<ReturnType<typeof fillStore>>;
beforeAll(async () => {
  filled = await fillStore();
});
afterAll(() => rm(filled.directory, { recursive: true }));

/** A copy of that store. */
async function filledStore() {
  const parent = await temporaryDirectory();
  const directory = join(parent, "it's a store");
  await cp(filled.directory, directory, { recursive: true });
  const run = (...args: readonly string[]) => runInProcess('store', ...args, '--store', directory);
  return { parent, directory, sha256: filled.sha256, run };
}

async function contentOf(directory: string) {
  const store = await openLocalStore(directory);
  const history = (await store.history.application('shop'))!;
  const log = await store.profiles.allocationLog('shop', 1000);
  const clusters = await store.profiles.clusters();
  await store.close();
  return { points: history.points, firstSeconds: history.firstSeconds, log: log.length, clusters };
}

const WHOLE = { points: DAYS * 24, firstSeconds: 0, log: DAYS, clusters: [exampleCluster('c1')] };

describe('foreprint store check', () => {
  it('counts what is there, and finds nothing wrong with a whole store', async () => {
    const { run } = await filledStore();
    const { status, stdout } = await run('check');
    expect(status).toBe(0);
    expect(stdout).toContain('1 application, 480 points, 20 decisions, 2 models, 1 of them unused');
    expect(stdout).toContain('nothing is damaged');
  });

  it('names a missing model, an altered one, a broken document and doubled points', async () => {
    const { directory, sha256, run } = await filledStore();
    const model = join(directory, 'models', `${sha256}.onnx`);
    await writeFile(model, 'altered');
    expect((await run('check')).stdout).toMatch(/shop: model file .* was altered/);
    await rm(model);
    const instance = await DuckDBInstance.create(join(directory, 'store.duckdb'));
    const connection = await instance.connect();
    await connection.run("UPDATE cluster_profile SET body = '{}'");
    await connection.run('INSERT INTO footprint SELECT * FROM footprint LIMIT 2');
    connection.closeSync();
    instance.closeSync();
    const { status, stdout, stderr } = await run('check');
    expect(status).toBe(1);
    expect(stdout).toMatch(/shop: model file .* does not exist/);
    expect(stdout).toContain('cluster_profile of c1 cannot be read');
    expect(stdout).toContain('2 points are stored twice');
    expect(stderr).toContain('3 faults');
  });
});

describe('foreprint store compact', () => {
  it('keeps everything but unused models unless a retention is given', async () => {
    const { directory, sha256, run } = await filledStore();
    const { status, stdout } = await run('compact');
    expect(status).toBe(0);
    expect(stdout).toContain('removed 0 points, 0 decisions and 1 unused models');
    expect(await readdir(join(directory, 'models'))).toEqual([`${sha256}.onnx`]);
    expect(await contentOf(directory)).toEqual(WHOLE);
    expect((await readdir(directory)).toSorted()).toEqual(['models', 'store.duckdb']);
  });

  it('deletes what is older than the retention', async () => {
    const { directory, run } = await filledStore();
    const { stdout } = await run('compact', '--history-days', '5', '--log-days', '2');
    expect(stdout).toContain('removed 360 points, 18 decisions');
    const { points, firstSeconds, log } = await contentOf(directory);
    expect([points, firstSeconds, log]).toEqual([120, 15 * DAY, 2]);
  });
});

describe('the retention of the settings', () => {
  const localStore = { historyDays: 5, logDays: 2 };
  const kept = [120, 15 * DAY, 2];

  async function withRetention() {
    const { parent, directory, run } = await filledStore();
    const config = join(parent, 'c.json');
    await writeFile(config, JSON.stringify({ stepSeconds: 3600, localStore }));
    const content = async () => {
      const { points, firstSeconds, log } = await contentOf(directory);
      return [points, firstSeconds, log];
    };
    return { directory, config, run, content };
  }

  it('is applied by store compact, under its options', async () => {
    const { config, run, content } = await withRetention();
    expect((await run('compact', '--config', config, '--history-days', '10')).status).toBe(0);
    expect(await content()).toEqual([240, 10 * DAY, 2]);
    await run('compact', '--config', config);
    expect(await content()).toEqual(kept);
  });

  it('is applied by monitor', async () => {
    const { directory, config, content } = await withRetention();
    const options = ['--once', '--store', directory, '--at', 'last', '--quiet'];
    await runInProcess('monitor', ...options);
    expect(await content()).toEqual([DAYS * 24, 0, DAYS]);
    await runInProcess('monitor', ...options, '--config', config);
    expect(await content()).toEqual(kept);
  });

  it('has bounds', async () => {
    const { config, run } = await withRetention();
    await writeFile(config, JSON.stringify({ localStore: { logDays: 0 } }));
    const { status, stderr } = await run('compact', '--config', config);
    expect(status).toBe(2);
    expect(stderr).toContain('localStore.logDays: must be a whole number from 1 to 36500, not 0');
  });
});

describe('commands that only read', () => {
  it('read at the same time, and are busy only while another process writes', async () => {
    const { parent, directory, run } = await filledStore();
    const reader = await openLocalStore(directory, undefined, 'read');
    // Locks are of processes: this one is another.
    const other = (action: string) => runCli(parent, 'store', action, '--store', directory);
    expect((await other('check')).status).toBe(0);
    expect((await other('compact')).status).toBe(75);
    await expect(reader.profiles.putClusters([])).rejects.toThrow('read-only');
    await reader.close();
    const writer = await openLocalStore(directory);
    expect((await other('check')).status).toBe(75);
    await writer.close();
    expect((await run('backup', join(parent, 'copy'))).status).toBe(0);
  });

  it('read what a writer had completed before it was killed', async () => {
    const directory = join(await temporaryDirectory(), 'store');
    const child = startChild('append-until-killed.ts', [directory, '0']);
    await child.line('stored 1');
    child.process.kill('SIGKILL');
    await child.ended;
    const reader = await openLocalStore(directory, undefined, 'read');
    expect(await reader.history.applications()).toHaveLength(3);
    await reader.close();
  });
});

describe('foreprint store backup', () => {
  it('makes a store of its own, with the models', async () => {
    const { parent, directory, sha256, run } = await filledStore();
    const target = join(parent, 'backup');
    expect((await run('backup', target)).status).toBe(0);
    await rm(directory, { recursive: true });
    expect(await contentOf(target)).toEqual(WHOLE);
    const model = await readFile(join(target, 'models', `${sha256}.onnx`));
    expect([...model]).toEqual([1, 2, 3]);
    expect(await readdir(parent)).toEqual(['backup']);
  });

  it('touches no directory that contains something', async () => {
    const { parent, run } = await filledStore();
    const { status, stderr } = await run('backup', parent);
    expect(status).toBe(2);
    expect(stderr).toContain('exists already');
  });
});

it.each([
  [['mend'], 'unknown action "mend"'],
  [['backup'], 'backup needs a directory'],
  [['check', 'x'], 'check and compact take none'],
])('store %j is wrong use', async (args, message) => {
  const { run } = await filledStore();
  const { status, stderr } = await run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
