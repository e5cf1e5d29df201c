import { randomUUID } from 'node:crypto';
import { copyFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { InputError } from '#adapters/local/input-error.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';
import { toStoreError } from '#adapters/local/store/store-error.ts';
import { copyDatabase } from './copy-database.ts';
import { modelFile, modelFolder, storedModels } from './model-files.ts';

/**
 * Copies a store into a directory of its own, which is a store then. The directory appears when
 * the copy is complete.
 * @param target must not exist, or be empty.
 * @returns the number of model files.
 * @throws InputError if the target is taken; StoreError if it cannot be written.
 */
export async function backupStore(
  database: StoreDatabase,
  directory: string,
  target: string,
): Promise<number> {
  if (await isTaken(target)) {
    throw new InputError({ file: target, problem: 'exists already and is no empty directory' });
  }
  const unfinished = `${target}.${process.pid}-${randomUUID()}.new`;
  try {
    await makeDirectory(modelFolder(unfinished));
    await copyDatabase(database, join(unfinished, basename(database.file)));
    const models = await storedModels(directory);
    for (const sha256 of models) {
      await copyFile(modelFile(directory, sha256), modelFile(unfinished, sha256));
    }
    await rename(unfinished, target);
    return models.length;
  } catch (cause) {
    throw toStoreError(target, cause);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function isTaken(target: string): Promise<boolean> {
  try {
    return (await readdir(target)).length > 0;
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT');
  }
}
