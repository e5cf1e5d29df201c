import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { Context } from 'aws-lambda';
import type { DynamodbTable } from '#adapters/aws/dynamodb/table-schema.ts';

/** EventBridge repeats an event within a day at most; a hook waits for five minutes. */
const REMEMBERED_SECONDS = 86_400;

/**
 * Runs work once per lifecycle action, however often its event arrives. Returns false for a
 * repetition, also while the first run is still in progress. Failed work may be repeated.
 * @param table records of handled actions (partition key `id`, time to live `expiration`).
 */
export function decideOnce<A extends { readonly token: string }>(
  { client, table }: DynamodbTable,
  work: (action: A, signal: AbortSignal) => Promise<void>,
): (action: A, context: Context, signal: AbortSignal) => Promise<boolean> {
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'token',
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: REMEMBERED_SECONDS,
  });
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName: table,
    awsSdkV3Client: client,
  });
  return async (action, context, signal) => {
    let isFirst = false;
    const once = makeIdempotent(
      async (first: A) => {
        isFirst = true;
        await work(first, signal);
        return true;
      },
      { persistenceStore, config, keyPrefix: 'lifecycle-action' },
    );
    // A record that is still in progress after this invocation's timeout belongs to a crashed run.
    config.registerLambdaContext(context);
    try {
      await once(action);
    } catch (error) {
      const isAtWork = error instanceof Error && error.name === 'IdempotencyAlreadyInProgressError';
      if (!isAtWork) throw error;
    }
    return isFirst;
  };
}
