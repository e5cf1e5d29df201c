import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { rowsOf } from '#adapters/local/store/rows-of.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';
import { toStoreError } from '#adapters/local/store/store-error.ts';
import { copyDatabase } from './copy-database.ts';
import { modelFile, referencedModels, storedModels } from './model-files.ts';

const DAY_SECONDS = 86_400;

/** Days that are kept, counted from an application's newest entry; everything where absent. */
export interface Retention {
  readonly historyDays?: number | undefined;
  readonly logDays?: number | undefined;
}

export interface Compaction {
  readonly points: number;
  readonly decisions: number;
  readonly models: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Deletes what is older than the retention and the model files that nothing points to, and writes
 * the database anew, because deleted rows leave their space in the file. The new file takes the
 * place of the old one in one step. The caller closes the database, which is that of the old file.
 * @throws StoreError
 */
export async function compactStore(
  database: StoreDatabase,
  directory: string,
  retention: Retention,
): Promise<Compaction> {
  const { file } = database;
  const bytesBefore = (await stat(file)).size;
  const points = await deleteOld(database, {
    ...{ table: 'footprint', owner: 'application_key', at: 'timestamp_seconds' },
    days: retention.historyDays,
  });
  const decisions = await deleteOld(database, {
    ...{ table: 'allocation_log', owner: 'application_id', at: 'decided_at_seconds' },
    days: retention.logDays,
  });
  const models = await removeUnusedModels(database, directory);
  await database.read((connection) => connection.run('CHECKPOINT'));
  const copy = `${file}.${process.pid}-${randomUUID()}.new`;
  try {
    await copyDatabase(database, copy);
    await rename(copy, file);
  } catch (cause) {
    throw toStoreError(file, cause);
  } finally {
    for (const left of [copy, `${copy}.wal`]) await rm(left, { force: true });
  }
  const bytesAfter = (await stat(file)).size;
  return { points, decisions, models, bytesBefore, bytesAfter };
}

async function deleteOld(
  database: StoreDatabase,
  {
    table,
    owner,
    at,
    days,
  }: {
    readonly table: string;
    readonly owner: string;
    readonly at: string;
    readonly days: number | undefined;
  },
): Promise<number> {
  if (days === undefined) return 0;
  const old = `${at} <= (SELECT max(newest.${at}) FROM ${table} AS newest
    WHERE newest.${owner} = ${table}.${owner}) - ${days * DAY_SECONDS}`;
  return database.write(async (connection) => {
    const [row] = await rowsOf(connection, `SELECT count(*) AS n FROM ${table} WHERE ${old}`);
    await connection.run(`DELETE FROM ${table} WHERE ${old}`);
    return Number(row?.['n'] ?? 0);
  });
}

async function removeUnusedModels(database: StoreDatabase, directory: string): Promise<number> {
  const referenced = await referencedModels(database);
  const unused = (await storedModels(directory)).filter((sha256) => !referenced.has(sha256));
  for (const sha256 of unused) await rm(modelFile(directory, sha256), { force: true });
  return unused.length;
}
