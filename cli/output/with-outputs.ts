import { prepareOutput, type OutputFile } from './output-file.ts';

/**
 * Runs work that writes files at its end. All files are prepared before it starts, and no file is
 * left incomplete if it fails. A file with an undefined path is not written.
 */
export async function withOutputs<K extends string, T>(
  paths: Readonly<Record<K, string | undefined>>,
  work: (outputs: Readonly<Partial<Record<K, OutputFile>>>) => Promise<T>,
): Promise<T> {
  const outputs: Partial<Record<K, OutputFile>> = {};
  const prepared: OutputFile[] = [];
  try {
    for (const key of Object.keys(paths) as K[]) {
      const path = paths[key];
      if (path === undefined) continue;
      const output = await prepareOutput(path);
      outputs[key] = output;
      prepared.push(output);
    }
    return await work(outputs);
  } finally {
    for (const output of prepared) await output.discard();
  }
}
