import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from '#adapters/local/tables/input-file.ts';

/** A CSV file of a directory. */
export interface ListedFile {
  readonly path: string;
  readonly applicationId: string;
}

const MONTH = /^\d{4}-\d{1,2}$/;
const TABLE = /\.(csv|tsv)(\.gz)?$/i;

/**
 * The files below a directory: tables, sorted by month, and others. The application's identifier of
 * a table is the path without folders that name a month: rnd/2013-7/1.csv and rnd/2013-8/1.csv are
 * one application, fastStorage/1.csv and rnd/1.csv are two.
 * @throws InputError if the directory cannot be read.
 */
export async function listDirectory(directory: string): Promise<{
  readonly tables: readonly ListedFile[];
  readonly others: readonly string[];
}> {
  const names = await readdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new InputError({ file: directory, problem: cannotRead(cause) }, { cause });
  });
  const sorted = names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    tables: sorted
      .filter((name) => TABLE.test(name))
      .map((name) => ({ path: join(directory, name), applicationId: idOf(directory, name) })),
    others: sorted.filter((name) => !TABLE.test(name)).map((name) => join(directory, name)),
  };
}

function idOf(directory: string, name: string): string {
  const folders = dirname(relative(directory, join(directory, name))).split(sep);
  const named = folders.filter((folder) => folder !== '.' && !MONTH.test(folder));
  return [...named, basename(name).replace(TABLE, '')].join('/');
}
