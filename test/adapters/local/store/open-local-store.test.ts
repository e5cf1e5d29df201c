import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureSchema, type Schema } from '#adapters/local/store/ensure-schema.ts';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { StoreError } from '#adapters/local/store/store-error.ts';
import { SCHEMA_VERSION } from '#adapters/local/store/store-schema.ts';
import { exampleDecision, exampleProfile } from '#test/adapters/contracts/example-profiles.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { startChild } from './child-process.ts';
import { knownBatch, knownValue, START, STEP, STEPS_PER_BATCH } from './known-points.ts';

const isRoot = process.getuid?.() === 0;

async function faultOf(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(StoreError);
  expect((error as StoreError).message).not.toContain('\n');
  return error as StoreError;
}

async function runSql(file: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A file system in memory of its own, unmounted when the test is over; needs root. */
async function mountTmpfs(options: string): Promise<string> {
  const directory = join(await temporaryDirectory(), 'mount');
  await mkdir(directory);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}

function canMount(): boolean {
  if (!isRoot) return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const mounting = it.skipIf(!canMount());

describe('openLocalStore', () => {
  it('finds after closing what was stored before', async () => {
    const directory = await temporaryDirectory();
    const first = await openLocalStore(directory);
    await first.history.append(knownBatch(0));
    await first.profiles.putApplication(exampleProfile);
    await first.close();
    const second = await openLocalStore(directory);
    onTestFinished(() => second.close());
    expect(second.history.location).toBe(`duckdb:${join(directory, 'store.duckdb')}`);
    expect((await second.profiles.application('shop'))?.version).toBe(1);
    const range = { fromSeconds: START, toSeconds: START + STEPS_PER_BATCH * STEP };
    const { values } = await second.history.read('app-1', range, STEP);
    expect(values.cpu[STEPS_PER_BATCH - 1]).toBe(knownValue(1, STEPS_PER_BATCH - 1));
  });

  it('finishes what was begun before it closes', async () => {
    const directory = await temporaryDirectory();
    const store = await openLocalStore(directory);
    const appended = store.history.append(knownBatch(0));
    await store.close();
    await appended;
    const again = await openLocalStore(directory);
    onTestFinished(() => again.close());
    expect(await again.history.applications()).toHaveLength(3);
  });

  it('can be closed twice, and refuses work after that', async () => {
    const store = await openLocalStore(await temporaryDirectory());
    await Promise.all([store.close(), store.close()]);
    expect((await faultOf(store.history.applications())).message).toContain('is closed');
    expect((await faultOf(store.history.append(knownBatch(0)))).message).toContain('is closed');
  });

  it('goes on after a failed write', async () => {
    const store = await openLocalStore(await temporaryDirectory());
    onTestFinished(() => store.close());
    const bad = { ...exampleDecision('shop', 300, 1), instances: NaN };
    await expect(store.profiles.logAllocation(bad)).rejects.toThrow(RangeError);
    const badCluster = { ...exampleProfile, divergenceStreak: Infinity };
    await expect(store.profiles.putApplication(badCluster)).rejects.toThrow(RangeError);
    await store.profiles.putApplication(exampleProfile);
    expect((await store.profiles.applications()).length).toBe(1);
  });

  it('says which process has the store when it is locked', async () => {
    const directory = await temporaryDirectory();
    const holder = startChild('hold-store.ts', [directory]);
    await holder.line('open');
    const error = await faultOf(openLocalStore(directory));
    expect(error.fault).toBe('locked');
    expect(error.message).toContain('is locked by another process');
    expect(error.message).toContain(`process ${holder.process.pid}`);
    holder.process.stdin?.end();
    await holder.ended;
    const store = await openLocalStore(directory);
    await store.close();
  });

  it('refuses a store of another schema version and leaves it alone', async () => {
    const directory = await temporaryDirectory();
    await (await openLocalStore(directory)).close();
    await runSql(join(directory, 'store.duckdb'), 'UPDATE store_schema SET version = 99');
    const error = await faultOf(openLocalStore(directory));
    expect(error.fault).toBe('schema');
    expect(error.message).toContain('schema version 99');
  });

  it('changes the tables of an earlier version into those of its own, all or none', async () => {
    const directory = await temporaryDirectory();
    await (await openLocalStore(directory)).close();
    const file = join(directory, 'store.duckdb');
    const addColumn = (name: string) => `ALTER TABLE incident ADD COLUMN ${name} INTEGER`;
    const isThere: string[] = Array.from(
      { length: SCHEMA_VERSION - 1 },
      () => 'DROP TABLE nothing',
    );
    const version = SCHEMA_VERSION + 2;
    const of = (...later: readonly string[]): Schema => {
      return { version, migrations: [...isThere, ...later].map((statement) => [statement]) };
    };
    const broken = of(addColumn('a'), 'DROP TABLE nothing');
    const whole = of(addColumn('a'), addColumn('b'));
    const instance = await DuckDBInstance.create(file);
    onTestFinished(() => instance.closeSync());
    const connection = await instance.connect();
    const migrate = async (schema: Schema): Promise<void> => {
      await connection.run('BEGIN TRANSACTION');
      try {
        await ensureSchema(connection, file, schema);
        await connection.run('COMMIT');
      } catch (error) {
        await connection.run('ROLLBACK');
        throw error;
      }
    };
    await expect(migrate(broken)).rejects.toThrow('nothing');
    for (let time = 0; time < 2; time++) {
      await migrate(whole);
      const rows = await connection.runAndReadAll(
        'SELECT a, b, version FROM incident, store_schema',
      );
      expect(rows.columnNames()).toEqual(['a', 'b', 'version']);
      const [row] = (await connection.runAndReadAll('SELECT version FROM store_schema')).getRows();
      expect(row).toEqual([version]);
    }
    await expect(migrate({ version: 2, migrations: [[]] })).rejects.toThrow(
      `schema version ${version}`,
    );
  });

  it('refuses a DuckDB database of somebody else', async () => {
    const directory = await temporaryDirectory();
    await runSql(join(directory, 'store.duckdb'), 'CREATE TABLE other (x INTEGER)');
    expect((await faultOf(openLocalStore(directory))).fault).toBe('schema');
  });

  it('refuses a file that is no database', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'store.duckdb'), 'not a database at all '.repeat(1000));
    const error = await faultOf(openLocalStore(directory));
    expect(error.fault).toBe('schema');
    expect(error.message).toContain('is not a Foreprint store');
  });

  it('refuses a directory that is a file', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    await faultOf(openLocalStore(join(file, 'store')));
  });

  mounting(
    'says that a file system is read-only (skipped where nothing can be mounted)',
    async () => {
      const error = await faultOf(openLocalStore(await mountTmpfs('ro,size=1m')));
      expect(error.fault).toBe('read-only');
    },
  );

  mounting('says that the disk is full and keeps what was stored (skipped likewise)', async () => {
    const directory = await mountTmpfs('size=3m');
    const store = await openLocalStore(directory);
    let stored = 0;
    const fill = async () => {
      for (; stored < 1000; stored++) await store.history.append(knownBatch(stored));
    };
    const error = await faultOf(fill());
    expect(error.fault).toBe('full');
    expect(stored).toBeGreaterThan(0);
    await store.close();

    execFileSync('mount', ['-o', 'remount,size=64m', directory]);
    const again = await openLocalStore(directory);
    for (const { points } of await again.history.applications()) {
      expect(points).toBe(stored * STEPS_PER_BATCH);
    }
    await again.close();
  });
});
