import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What DuckDB takes for a pattern, and the backslash, which it takes for a separator in one. */
const SPECIAL = /[*?[\\]/;

/**
 * Runs work with a path of the file that DuckDB cannot take for a pattern: its own, absolute, or
 * that of a link to it for the time of the work.
 */
export async function withPlainPath<T>(
  file: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = resolve(file);
  if (!SPECIAL.test(path)) return work(path);
  const directory = await mkdtemp(join(tmpdir(), 'foreprint-'));
  try {
    const link = join(directory, 'table');
    await symlink(path, link);
    return await work(link);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
