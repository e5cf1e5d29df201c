import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rowsOf } from '#adapters/local/store/rows-of.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';

const FILE = /^([0-9a-f]{64})\.onnx$/;

/** Hash of every model file that a profile or a cluster points to, with whoever does. */
export async function referencedModels(
  database: StoreDatabase,
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.read((connection) =>
    rowsOf(
      connection,
      `SELECT application_id AS owner, body FROM application_profile
       UNION ALL SELECT cluster_id, body FROM cluster_profile`,
    ),
  );
  const found = new Map<string, string>();
  for (const { owner, body } of rows) {
    // Wherever a document names one: a model and the network that is part of it.
    for (const [, sha256] of String(body).matchAll(/"sha256":"([0-9a-f]{64})"/g)) {
      found.set(sha256!, String(owner));
    }
  }
  return found;
}

/** Hashes of the model files of a store; none where it has no folder of models. */
export async function storedModels(directory: string): Promise<readonly string[]> {
  const names = await readdir(modelFolder(directory)).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  });
  return names.flatMap((name) => FILE.exec(name)?.[1] ?? []);
}

export const modelFolder = (directory: string): string => join(directory, 'models');

export const modelFile = (directory: string, sha256: string): string =>
  join(modelFolder(directory), `${sha256}.onnx`);
