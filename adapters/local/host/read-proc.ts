import { readFile } from 'node:fs/promises';

/** Text of a file in /proc, null if it cannot be read. */
export async function readProc(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
