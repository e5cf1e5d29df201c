import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from '#adapters/local/tables/input-file.ts';

/** A file or folder that can be read more than once. */
export interface SpooledInput {
  readonly path: string;
  /** Its name in messages. */
  readonly file: string;
  readonly isDirectory: boolean;
}

/**
 * Runs work on an input. Standard input (`-`) and pipes are copied into a temporary file first: what
 * they hold is told from its beginning, and some of it has to be read twice.
 * @throws InputError if it does not exist, is empty or cannot be read.
 */
export async function withSpooledInput<T>(
  given: string,
  work: (input: SpooledInput) => Promise<T>,
): Promise<T> {
  const isStandard = given === '-';
  const file = isStandard ? 'standard input' : given;
  const failed = (cause: unknown): never => {
    throw new InputError({ file, problem: cannotRead(cause) }, { cause });
  };
  const stats = isStandard ? null : await stat(given).catch(failed);
  if (stats?.isDirectory()) return work({ path: given, file, isDirectory: true });
  if (stats?.isFile()) {
    if (stats.size === 0) throw new InputError({ file, problem: 'is empty' });
    return work({ path: given, file, isDirectory: false });
  }
  const directory = await mkdtemp(join(tmpdir(), 'foreprint-'));
  try {
    const path = join(directory, 'input');
    const source = isStandard ? process.stdin : createReadStream(given);
    await pipeline(source, createWriteStream(path)).catch(failed);
    if ((await stat(path)).size === 0) throw new InputError({ file, problem: 'is empty' });
    return await work({ path, file, isDirectory: false });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
