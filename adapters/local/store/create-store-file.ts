import { randomUUID } from 'node:crypto';
import { access, link, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createSchema } from './ensure-schema.ts';

/** Ending of a store that is being created. */
const UNFINISHED = '.new';

/**
 * Creates the file of a store, complete with its tables, unless it exists. The store is made under
 * a temporary name and gets its own name in one step, so a process that is killed meanwhile leaves
 * no half-made store behind. Where two processes create the same store, the first one wins.
 * @throws the errors of the file system and the database.
 */
export async function createStoreFile(file: string): Promise<void> {
  if (await exists(file)) return;
  await removeUnfinished(file);
  const temporary = `${file}.${process.pid}-${randomUUID()}${UNFINISHED}`;
  try {
    const instance = await DuckDBInstance.create(temporary);
    try {
      const connection = await instance.connect();
      try {
        await connection.run('BEGIN TRANSACTION');
        await createSchema(connection);
        await connection.run('COMMIT');
        await connection.run('CHECKPOINT');
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
    await takeName(temporary, file);
  } finally {
    await remove(temporary);
  }
}

/** Gives the finished store its name, unless another process created one meanwhile. */
async function takeName(temporary: string, file: string): Promise<void> {
  try {
    // A link, because a rename would replace the store of another process.
    await link(temporary, file);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'EEXIST') return;
    if (!NO_LINKS.has(code) || (await exists(file))) throw cause;
    await rename(temporary, file);
  }
}

/** Errors of file systems without hard links. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Removes what processes that were killed left behind; those of running processes stay. */
async function removeUnfinished(file: string): Promise<void> {
  const directory = dirname(file);
  const prefix = `${basename(file)}.`;
  for (const name of await readdir(directory)) {
    if (!name.startsWith(prefix) || !name.includes(UNFINISHED)) continue;
    const pid = Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(join(directory, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH';
  }
}

async function remove(temporary: string): Promise<void> {
  for (const path of [temporary, `${temporary}.wal`]) await rm(path, { force: true });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : '';
