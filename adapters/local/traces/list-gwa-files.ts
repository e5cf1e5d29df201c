import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from '#adapters/local/tables/input-file.ts';

export interface GwaFile {
  readonly path: string;
  readonly applicationId: string;
}

const MONTH = /^\d{4}-\d{1,2}$/;

/**
 * The CSV files below a directory, sorted by month. The application's identifier is the path
 * without folders that name a month: rnd/2013-7/1.csv and rnd/2013-8/1.csv are one application,
 * fastStorage/1.csv and rnd/1.csv are two.
 * @throws InputError if there are no CSV files.
 */
export async function listGwaFiles(directory: string): Promise<readonly GwaFile[]> {
  const names = await readdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new InputError({ file: directory, problem: cannotRead(cause) }, { cause });
  });
  const files = names
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (files.length === 0) {
    const problem = 'a directory without CSV files; a directory must hold a GWA-T-12 trace';
    throw new InputError({ file: directory, problem });
  }
  return files.map((name) => ({
    path: join(directory, name),
    applicationId: idOf(directory, name),
  }));
}

function idOf(directory: string, name: string): string {
  const folders = dirname(relative(directory, join(directory, name))).split(sep);
  const named = folders.filter((folder) => folder !== '.' && !MONTH.test(folder));
  return [...named, basename(name).replace(/\.csv$/i, '')].join('/');
}
