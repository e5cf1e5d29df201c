import { stat } from 'node:fs/promises';
import { InputError } from '#adapters/local/input-error.ts';

export type InputKind = 'csv' | 'csv.gz' | 'parquet' | 'directory';

/**
 * Kind of an input, by its file ending.
 * @throws InputError if the file does not exist or is empty, or its ending is unknown.
 */
export async function inputKind(path: string): Promise<InputKind> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new InputError({ file: path, problem: cannotRead(cause) }, { cause });
  });
  if (stats.isDirectory()) return 'directory';
  const kind = (['csv', 'csv.gz', 'parquet'] as const).find((k) =>
    path.toLowerCase().endsWith(`.${k}`),
  );
  if (!kind) {
    const problem = 'unknown file ending; .csv, .csv.gz and .parquet can be read';
    throw new InputError({ file: path, problem });
  }
  if (stats.isFile() && stats.size === 0) throw new InputError({ file: path, problem: 'is empty' });
  return kind;
}

/** Why the file system failed, as the end of a sentence. */
export function cannotRead(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  return `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}
