import type { z } from 'zod';
import { UsageError } from '#cli/context/usage-error.ts';

/**
 * Validates the options of a command.
 * @throws UsageError that lists every invalid option.
 */
export function parseOptions<T extends z.ZodType>(schema: T, options: unknown): z.output<T> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${optionName(path)}: ${message}`);
  throw new UsageError(faults.join('; '));
}

/** stepSeconds → --step-seconds */
function optionName(path: readonly PropertyKey[]): string {
  const name = String(path[0] ?? 'options');
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
