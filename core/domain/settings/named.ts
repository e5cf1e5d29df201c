import * as z from 'zod';

/**
 * An object whose keys are names that people choose. `constructor` and `__proto__` are names like
 * any other; `z.record` drops the second.
 */
export function named<T extends z.ZodType>(
  value: T,
  faultOf: (name: string, value: z.output<T>) => string | null = () => null,
) {
  return z
    .custom<Readonly<Record<string, z.input<T>>>>(isObject, { error: 'must be an object' })
    .transform((given, context): Record<string, z.output<T>> => {
      const entries = Object.entries(given).flatMap(([name, written]) => {
        if (name === '') context.addIssue({ code: 'custom', message: 'has an empty name' });
        const result = value.safeParse(written);
        if (result.success) {
          const fault = faultOf(name, result.data);
          if (fault !== null) context.addIssue({ code: 'custom', message: fault, path: [name] });
          return [[name, result.data] as const];
        }
        for (const { path, message } of result.error.issues) {
          context.addIssue({ code: 'custom', message, path: [name, ...path] });
        }
        return [];
      });
      // Makes own properties of all names, where an assignment would set the prototype.
      return Object.fromEntries(entries);
    });
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
