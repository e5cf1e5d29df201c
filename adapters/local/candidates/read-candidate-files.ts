import { readdir, readFile, stat } from 'node:fs/promises';
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
    const { size } = await stat(path);
    if (size > LARGEST_BYTES) {
      const reason = `it has ${size} bytes, at most ${LARGEST_BYTES} are accepted`;
      return { file, reason };
    }
    return { file, onnx: new Uint8Array(await readFile(path)) };
  } catch (error) {
    return { file, reason: error instanceof Error ? error.message : String(error) };
  }
}
