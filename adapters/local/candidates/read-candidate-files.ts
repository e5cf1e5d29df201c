import { constants } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '#adapters/local/input-error.ts';

/**
 * Larger files are rejected: a selected candidate becomes part of the model file of every
 * application that uses it.
 */
export const LARGEST_BYTES = 10_000_000;

export type CandidateFile =
  | { readonly file: string; readonly onnx: Uint8Array }
  | { readonly file: string; /** Why it is refused. */ readonly reason: string };

/**
 * Reads the ONNX files (*.onnx) of a directory, sorted by name.
 * @throws InputError if the directory cannot be read.
 */
export async function readCandidateFiles(directory: string): Promise<readonly CandidateFile[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    const problem = 'cannot be read as a directory of candidates';
    throw new InputError({ file: directory, problem }, { cause });
  });
  const files = names.filter((name) => name.toLowerCase().endsWith('.onnx')).sort();
  return Promise.all(files.map((file) => readCandidate(directory, file)));
}

async function readCandidate(directory: string, file: string): Promise<CandidateFile> {
  const path = join(directory, file);
  try {
    // Checked before opening, because opening a pipe waits for its writer.
    if (!(await stat(path)).isFile()) return { file, reason: NOT_REGULAR };
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readOpened(file, handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { file, reason: error instanceof Error ? error.message : String(error) };
  }
}

const NOT_REGULAR = 'it is no regular file';

/**
 * Reads an open file. Checks it again, because the file may have been replaced after the first
 * check, and may grow during the read.
 */
async function readOpened(file: string, handle: FileHandle): Promise<CandidateFile> {
  const stats = await handle.stat();
  if (!stats.isFile()) return { file, reason: NOT_REGULAR };
  const tooLarge = (bytes: number) =>
    `it has ${bytes} bytes, at most ${LARGEST_BYTES} are accepted`;
  if (stats.size > LARGEST_BYTES) return { file, reason: tooLarge(stats.size) };
  const bytes = new Uint8Array(stats.size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    length += bytesRead;
    if (bytesRead === 0) return { file, onnx: bytes.slice(0, length) };
    if (length > stats.size) return { file, reason: 'it grew while it was read' };
  }
}
