import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { timestreamAccess } from '#adapters/aws/timestream/timestream-access.ts';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { finding, type Finding } from './finding.ts';

const ACCESS_TEXTS = {
  open: 'this account can use Timestream for LiveAnalytics',
  closed:
    'Timestream for LiveAnalytics is closed to this account: it was not used before 2025-06-20',
  absent: 'this region has no Timestream for LiveAnalytics',
} as const;

/**
 * Checks whether history can be stored in Timestream.
 * @param store the deployment's history store, undefined if nothing is deployed.
 * @throws whatever the SDK throws, also for a missing permission.
 */
export async function checkTimestream(
  { client }: AwsAccount,
  store: HistoryStoreKind | undefined,
): Promise<Finding> {
  const access = await timestreamAccess(new TimestreamWriteClient({ ...client, maxAttempts: 2 }));
  const text = ACCESS_TEXTS[access];
  if (access === 'open') return finding('timestream', 'ok', text);
  if (store === 'timestream') {
    return finding('timestream', 'failed', text, 'npx cdk deploy -c historyStore=dynamodb');
  }
  return finding('timestream', 'ok', `${text}; DynamoDB, the default, keeps the history`);
}
