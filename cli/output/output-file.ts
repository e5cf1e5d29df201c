import { access, constants, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '#adapters/local/make-directory.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { cannotWrite } from './output-error.ts';

/** A file that will be written when the work is done; until then whatever had its name stays as it is. */
export interface OutputFile {
  readonly path: string;
  /** Puts the whole content in place in one step. */
  write(content: string): Promise<void>;
  /** Leaves no trace, unless it was written. */
  discard(): Promise<void>;
}

/**
 * Makes sure, before hours of work, that a file can be written; makes its directory.
 * @throws UsageError if it cannot.
 */
export async function prepareOutput(path: string): Promise<OutputFile> {
  try {
    return (await isSpecial(path)) ? specialFile(path) : await temporaryFile(path);
  } catch (cause) {
    throw new UsageError(`${path}: ${cannotWrite(cause)}`, { cause });
  }
}

/** Something like /dev/stdout, which cannot be replaced by a file. */
async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null) return false;
  await access(path, constants.W_OK);
  if (found.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  return !found.isFile();
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
