import { join } from 'node:path';

/** The folder of package.json. */
export const PROJECT = join(import.meta.dirname, '../..');

/** Path of a file of the project. */
export function projectPath(...parts: readonly string[]): string {
  return join(PROJECT, ...parts);
}
