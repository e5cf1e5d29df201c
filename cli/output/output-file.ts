import { access, constants, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { cannotWrite } from './output-error.ts';

/** A file that is written when the work is done. Until then an existing file is not changed. */
export interface OutputFile {
  readonly path: string;
  /** Writes the whole content atomically. */
  write(content: string): Promise<void>;
  /** Removes the temporary file, if the content was not written. */
  discard(): Promise<void>;
}

/**
 * Checks before long work that a file can be written, and creates its directory. "-" is standard
 * output.
 * @throws UsageError if it cannot be written.
 */
export async function prepareOutput(path: string): Promise<OutputFile> {
  if (path === '-') return standardOutput;
  try {
    return (await isSpecial(path)) ? specialFile(path) : await temporaryFile(path);
  } catch (cause) {
    throw new UsageError(`${path}: ${cannotWrite(cause)}`, { cause });
  }
}

const standardOutput: OutputFile = {
  path: '-',
  write: (content) =>
    new Promise((resolve) => process.stdout.write(content, () => resolve(undefined))),
  discard: async () => undefined,
};

/** True for a special file such as /dev/stdout, which cannot be replaced by a regular file. */
async function isSpecial(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return false;
  await access(path, constants.W_OK);
  if (stats.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  return !stats.isFile();
}

function specialFile(path: string): OutputFile {
  return {
    path,
    write: (content) => written(path, writeFile(path, content)),
    discard: async () => undefined,
  };
}

async function temporaryFile(path: string): Promise<OutputFile> {
  const temporary = `${path}.${process.pid}.tmp`;
  await makeDirectory(dirname(path));
  await (await open(temporary, 'w')).close();
  return {
    path,
    write: (content) =>
      written(
        path,
        writeFile(temporary, content).then(() => rename(temporary, path)),
      ),
    discard: () => rm(temporary, { force: true }),
  };
}

async function written(path: string, work: Promise<void>): Promise<void> {
  await work.catch((cause: unknown) => {
    throw new Error(`${path}: ${cannotWrite(cause)}`, { cause });
  });
}
