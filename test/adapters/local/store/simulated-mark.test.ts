import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

function points(applicationId: string, seconds: number, isSimulated?: boolean): ApplicationPoints {
  const point = { timestampSeconds: seconds, footprint: { ...EMPTY_FOOTPRINT, cpu: 1 } };
  const entry = { applicationId, applicationType: null, points: [point] };
  return isSimulated === undefined ? entry : { ...entry, isSimulated };
}

async function openLocal(): Promise<HistoryStore> {
  const store = await openLocalStore(await temporaryDirectory());
  onTestFinished(() => store.close());
  return store.history;
}

const marks = async (store: HistoryStore) =>
  (await store.applications()).map(({ applicationId, isSimulated }) => [
    applicationId,
    isSimulated ?? false,
  ]);

describe.each([
  ['DuckDB', openLocal],
  ['memory', async () => createMemoryHistoryStore()],
])('the mark of simulated points in %s', (_, open) => {
  it('stays with the application, whatever is stored later', async () => {
    const store = await open();
    await store.append([points('real', 300), points('made', 300, true), points('mixed', 300)]);
    expect(await marks(store)).toEqual([
      ['made', true],
      ['mixed', false],
      ['real', false],
    ]);
    await store.append([points('mixed', 600, true), points('made', 600), points('real', 600)]);
    expect(await marks(store)).toEqual([
      ['made', true],
      ['mixed', true],
      ['real', false],
    ]);
    expect(await store.application('made')).toMatchObject({ isSimulated: true, points: 2 });
    expect(await store.application('real')).not.toHaveProperty('isSimulated');
  });

  it('is kept where one of several entries of a batch has it', async () => {
    const store = await open();
    await store.append([points('a', 300, true), points('a', 600)]);
    expect(await marks(store)).toEqual([['a', true]]);
  });
});

/** The tables as version 1 made them, with one application and one point. */
const FIRST_VERSION = [
  'CREATE TABLE store_schema (version INTEGER NOT NULL)',
  'INSERT INTO store_schema VALUES (1)',
  `CREATE TABLE application (
     application_key INTEGER NOT NULL, application_id VARCHAR NOT NULL, application_type VARCHAR)`,
  `CREATE TABLE footprint (
     application_key INTEGER NOT NULL, timestamp_seconds BIGINT NOT NULL,
     cpu DOUBLE, memory DOUBLE, disk DOUBLE, network DOUBLE)`,
  `CREATE VIEW footprints AS
     SELECT application_id, make_timestamp(timestamp_seconds * 1000000) AS "timestamp",
            cpu, memory, disk, network, application_type
     FROM footprint JOIN application USING (application_key)`,
  "INSERT INTO application VALUES (1, 'old', 'web')",
  'INSERT INTO footprint VALUES (1, 300, 1.5, NULL, NULL, NULL)',
];

it('a store of version 1 keeps its points, takes the mark, and shows it in its view', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'store.duckdb');
  const first = await DuckDBInstance.create(file);
  const connection = await first.connect();
  for (const statement of FIRST_VERSION) await connection.run(statement);
  connection.closeSync();
  first.closeSync();
  // Opened to read: it has to be changed all the same.
  const store = await openLocalStore(directory, undefined, 'read');
  onTestFinished(() => store.close());
  expect(await store.history.application('old')).toEqual({
    applicationId: 'old',
    applicationType: 'web',
    stepSeconds: 300,
    firstSeconds: 300,
    lastSeconds: 300,
    points: 1,
  });
  await store.history.append([points('old', 600, true)]);
  expect(await marks(store.history)).toEqual([['old', true]]);
  const shown = await store.database.rows('SELECT cpu, simulated FROM footprints ORDER BY cpu');
  expect(shown).toEqual([
    { cpu: 1, simulated: true },
    { cpu: 1.5, simulated: true },
  ]);
});
