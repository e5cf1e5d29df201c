import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { cannotRead } from '#adapters/local/tables/input-file.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { expectation } from '#core/domain/settings/expect-settings.ts';
import type { Expectation } from '#core/domain/settings/settings.ts';

const calendarFile = z.strictObject({ expect: z.array(z.unknown()) });

/**
 * A calendar file in YAML or JSON: what is expected beforehand, under the key `expect`.
 * @throws UsageError that names the file, every entry that is wrong, and why.
 */
export async function readCalendar(file: string): Promise<readonly Expectation[]> {
  const known = calendarFile.safeParse(await readYaml(file));
  if (!known.success) {
    throw new UsageError(`${file}: must have one key, expect, with a list of entries`);
  }
  const faults: string[] = [];
  const entries = known.data.expect.flatMap((written, index) => {
    const result = expectation.safeParse(written);
    if (result.success) return [result.data];
    const entry = `entry ${index + 1}${nameOf(written)}`;
    for (const { path, message } of result.error.issues) {
      faults.push([entry, path.join('.'), message].filter((part) => part !== '').join(': '));
    }
    return [];
  });
  if (faults.length > 0) throw new UsageError(`${file}: ${faults.join('; ')}`);
  return entries;
}

function nameOf(written: unknown): string {
  const named = z.looseObject({ name: z.string().min(1) }).safeParse(written);
  return named.success ? ` (${named.data.name})` : '';
}

/** JSON is YAML too. */
async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file}: ${cannotRead(cause)}`, { cause });
  });
  try {
    return parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UsageError(`${file}: is neither YAML nor JSON: ${problem}`, { cause });
  }
}
