import { configurationSchema, type Configuration } from './configuration-schema.ts';

/** A configuration that does not fit; the message names every fault. */
export class ConfigurationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigurationError';
  }
}

/**
 * Checks a configuration and fills in the defaults.
 * @param source where it came from, for the message.
 * @throws ConfigurationError that names every fault.
 */
export function parseConfiguration(value: unknown, source: string): Configuration {
  const result = configurationSchema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter((part) => part !== '').join(': '),
  );
  throw new ConfigurationError(`${source}: ${faults.join('; ')}`);
}
