import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/**
 * What `measure` finds. With a folder it is kept there under the name, and taken from there where
 * it is there, so that a run can be split; the folder has to be emptied when what is measured
 * changes.
 */
export async function kept<T>(
  folder: string | undefined,
  name: string,
  measure: () => Promise<T>,
): Promise<T> {
  const file = folder && join(folder, name);
  if (file && existsSync(file)) return deserialize(await readFile(file)) as T;
  const found = await measure();
  if (file) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, serialize(found));
  }
  return found;
}
