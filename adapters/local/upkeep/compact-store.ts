import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';
import { toStoreError } from '#adapters/local/store/store-error.ts';
import type { LocalStoreSettings } from '#core/domain/settings/settings.ts';
import { applyRetention, type Deleted } from './apply-retention.ts';
import { copyDatabase } from './copy-database.ts';
import { modelFile, referencedModels, storedModels } from './model-files.ts';

export interface Compaction extends Deleted {
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
  retention: LocalStoreSettings,
): Promise<Compaction> {
  const { file } = database;
  const bytesBefore = (await stat(file)).size;
  const deleted = await applyRetention(database, retention);
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
  return { ...deleted, models, bytesBefore, bytesAfter };
}

async function removeUnusedModels(database: StoreDatabase, directory: string): Promise<number> {
  const referenced = await referencedModels(database);
  const unused = (await storedModels(directory)).filter((sha256) => !referenced.has(sha256));
  for (const sha256 of unused) await rm(modelFile(directory, sha256), { force: true });
  return unused.length;
}
