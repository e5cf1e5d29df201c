import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '#adapters/encoding/content-hash.ts';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import type { ModelStore } from '#core/domain/ports.ts';
import { StoreError, toStoreError } from './store/store-error.ts';

const HASH = /^[0-9a-f]{64}$/;

/**
 * Model files as DIRECTORY/models/HASH.onnx. Each write is atomic: a file under its final name is
 * complete, even if the process is killed.
 * @throws StoreError from its methods: `missing`, `altered`, `read-only`, `full`.
 */
export function createFileModelStore(directory: string): ModelStore {
  const folder = join(directory, 'models');
  const pathOf = (sha256: string) => join(folder, `${sha256}.onnx`);
  return {
    async put(bytes) {
      const sha256 = contentHash(bytes);
      const file = pathOf(sha256);
      try {
        if (!(await hasHash(file, sha256))) await writeWhole(folder, file, bytes);
      } catch (cause) {
        throw toStoreError(file, cause);
      }
      return { sha256, file };
    },

    async get(sha256) {
      if (!HASH.test(sha256)) throw new RangeError(`not a SHA-256 in hex: ${sha256}`);
      const file = pathOf(sha256);
      const bytes = await readIfExists(file);
      if (!bytes) throw new StoreError('missing', `model file ${file} does not exist`);
      const actualHash = contentHash(bytes);
      if (actualHash !== sha256) {
        throw new StoreError(
          'altered',
          `model file ${file} was altered: its hash is ${actualHash}`,
        );
      }
      return bytes;
    },
  };
}

async function hasHash(file: string, sha256: string): Promise<boolean> {
  const bytes = await readIfExists(file);
  return bytes !== null && contentHash(bytes) === sha256;
}

async function readIfExists(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw toStoreError(file, cause);
  }
}

/**
 * Writes a temporary file, flushes it, renames it, then flushes the folder: this order survives a
 * power failure.
 */
async function writeWhole(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  await makeDirectory(folder);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeFlushed(temporary, bytes);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
