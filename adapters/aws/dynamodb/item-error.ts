import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * An item does not have this version's layout: the table belongs to another program, or a newer
 * version wrote the item.
 */
export class ItemFormatError extends Error {
  constructor(key: string, found: string, options?: ErrorOptions) {
    super(`item ${key} has ${found}: it was not written by this version`, options);
    this.name = 'ItemFormatError';
  }
}

/** Other writers changed an item during every attempt. Nothing was overwritten. */
export class WriteContention extends Error {
  constructor(key: string, attempts: number, options?: ErrorOptions) {
    super(`item ${key} was changed by others in ${attempts} attempts in a row`, options);
    this.name = 'WriteContention';
  }
}

/** True if the write failed only because of its own condition. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException;
}
