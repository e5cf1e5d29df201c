import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory and the directories above it that are missing. Node's own recursive mkdir repeats ENOENT for ever
 * where the directory above exists but takes no entries (/proc, a deleted working directory), so it is not used.
 * @throws what the file system throws, with its code: ENOENT, EACCES, EROFS, ENOTDIR, …
 */
export async function makeDirectory(directory: string): Promise<void> {
  await makeAbsolute(resolve(directory));
}

async function makeAbsolute(directory: string): Promise<void> {
  const code = await tryToMake(directory);
  if (code === 'done') return;
  const parent = dirname(directory);
  if (parent !== directory) await makeAbsolute(parent);
  // The directory above is there now: whatever is wrong this time is final.
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
    // Another process may have made it, and a file system may answer EROFS or EACCES for one that is there.
    const found = await stat(directory).catch(() => null);
    if (found?.isDirectory()) return 'done';
    throw error;
  }
}
