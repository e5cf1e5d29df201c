import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { environment } from './environment.ts';
import { required } from './read-environment.ts';
import { dynamodb } from './stores.ts';

/** EventBridge delivers an event again within a day at most; a hook waits five minutes. */
const REMEMBERED_SECONDS = 86_400;

/** Work that is done once per lifecycle action, however often its event comes; a repetition says 'repeated'. */
export function oncePerAction<A extends { readonly token: string }>(
  work: (action: A) => Promise<void>,
): (action: A) => Promise<boolean> {
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'token',
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: REMEMBERED_SECONDS,
  });
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName: required(environment, 'FOREPRINT_IDEMPOTENCY_TABLE'),
    awsSdkV3Client: dynamodb,
  });
  return async (action) => {
    let isFirst = false;
    const once = makeIdempotent(
      async (first: A) => {
        isFirst = true;
        await work(first);
        return true;
      },
      { persistenceStore, config, keyPrefix: 'lifecycle-action' },
    );
    await once(action);
    return isFirst;
  };
}
