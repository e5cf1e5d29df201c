import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { cannotRead } from '#adapters/local/tables/input-file.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/**
 * A JSON file that has to fit a schema.
 * @throws UsageError that names every fault of the file.
 */
export async function readDocument<T extends z.ZodType>(
  file: string,
  schema: T,
): Promise<z.output<T>> {
  const result = schema.safeParse(await readJson(file));
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter((part) => part !== '').join(': '),
  );
  throw new UsageError(`${file}: ${faults.join('; ')}`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file}: ${cannotRead(cause)}`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${file}: is not JSON: ${problem}`, { cause });
  }
}
