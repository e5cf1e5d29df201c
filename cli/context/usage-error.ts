/**
 * Wrong use of a command, or an input or output path that cannot be used. Exit status 2, message of
 * one line.
 */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
