import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** An item of the table is not as this version writes it: somebody else's table, or a newer version's. */
export class ItemFormatError extends Error {
  constructor(key: string, found: string, options?: ErrorOptions) {
    super(`item ${key} has ${found}: it was not written by this version`, options);
    this.name = 'ItemFormatError';
  }
}

/** An item kept changing under this writer; nothing was overwritten. */
export class WriteContention extends Error {
  constructor(key: string, attempts: number, options?: ErrorOptions) {
    super(`item ${key} was changed by others in ${attempts} attempts in a row`, options);
    this.name = 'WriteContention';
  }
}

/** True if the write was refused by its own condition and nothing else. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException;
}
