import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Creates a directory and its missing parents. Node's recursive mkdir is not used, because it
 * retries ENOENT forever if the parent exists but accepts no entries (/proc, a deleted working
 * directory).
 * @throws the error of the file system, with its code: ENOENT, EACCES, EROFS, ENOTDIR, …
 */
export async function makeDirectory(directory: string): Promise<void> {
  await makeAbsolute(resolve(directory));
}

async function makeAbsolute(directory: string): Promise<void> {
  const code = await tryToMake(directory);
  if (code === 'done') return;
  const parent = dirname(directory);
  if (parent !== directory) await makeAbsolute(parent);
  // The parent exists now, so a second failure is final.
  if ((await tryToMake(directory)) === 'done') return;
  throw Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${directory}'`), {
    code: 'ENOENT',
  });
}

async function tryToMake(directory: string): Promise<'done' | 'no parent'> {
  try {
    await mkdir(directory);
    return 'done';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return 'no parent';
    // Another process may have created it, and a file system may return EROFS or EACCES for an
    // existing directory.
    const stats = await stat(directory).catch(() => null);
    if (stats?.isDirectory()) return 'done';
    throw error;
  }
}
