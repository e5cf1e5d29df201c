import type * as z from 'zod';
import type {
  FunctionEnvironment,
  FunctionVariable,
} from '#cdk/configuration/function-environment.ts';

/** A function that was deployed without something it needs. */
export class EnvironmentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvironmentError';
  }
}

/** @throws EnvironmentError that names every variable that is missing or wrong. */
export function readEnvironment<T>(
  schema: z.ZodType<T>,
  variables: Readonly<Record<string, string | undefined>>,
): T {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

/** @throws EnvironmentError if the function was not bound to what the variable names. */
export function required<N extends FunctionVariable>(
  environment: FunctionEnvironment,
  name: N,
): NonNullable<FunctionEnvironment[N]> {
  const value = environment[name];
  if (value === undefined) throw new EnvironmentError(`${name} is not set`);
  return value;
}
