/** The command was used wrongly, or an input or an output place cannot be used: exit status 2, one line. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
