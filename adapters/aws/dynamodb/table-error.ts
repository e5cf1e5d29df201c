import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * A DynamoDB call failed: throttled in every attempt, table missing, access denied, item too large,
 * …
 */
export class TableError extends Error {
  readonly table: string;

  constructor(table: string, operation: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`table ${table}: ${operation} failed: ${reason}`, { cause });
    this.name = 'TableError';
    this.table = table;
  }
}

/**
 * Waits for a call to a table.
 * @throws TableError for every error of the SDK except a failed condition, which is rethrown: the
 * caller handles it.
 */
export async function namedCall<T>(table: string, operation: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) throw cause;
    throw new TableError(table, operation, cause);
  }
}
