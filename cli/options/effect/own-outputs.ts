import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '#cli/context/usage-error.ts';
import type { Asked } from './asked.ts';

const READ = ['config', 'calendar', 'requested', 'instance-types'];
const WRITTEN = ['out', 'json', 'csv', 'report'];

/** @throws UsageError where a file would be written that is read, or written twice. */
export async function requireOwnOutputs({ words, text }: Asked): Promise<void> {
  const inputs = [...words, ...READ.map(text)].filter((path) => path !== '');
  const taken = new Map<string, string>();
  for (const path of inputs) {
    const file = await fileOf(path);
    if (file !== null) taken.set(file, 'is read, too');
  }
  for (const option of WRITTEN) {
    const path = text(option);
    if (path === '' || path === '-') continue;
    const file = await fileOf(path);
    if (file === null) continue;
    const use = taken.get(file);
    if (use !== undefined) throw new UsageError(`--${option}: ${path} ${use}`);
    taken.set(file, `is written by --${option}, too`);
  }
}

/** The same for all paths of a file; null for a device or a directory, which can be shared. */
async function fileOf(path: string): Promise<string | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return resolve(path);
  return stats.isFile() ? `${stats.dev}:${stats.ino}` : null;
}
