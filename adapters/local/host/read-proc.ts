import { readFile } from 'node:fs/promises';

/** The text of a file of /proc; null if it cannot be read. */
export async function readProc(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
