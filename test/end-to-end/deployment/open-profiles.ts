import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import type { ProfileStore } from '#core/domain/ports.ts';
import type { EmulatedAccount } from './emulated-account.ts';
import type { Deployment } from './open-deployment.ts';

/** What the deployment has stored of its applications. */
export function openProfiles(deployment: Deployment, account: EmulatedAccount): ProfileStore {
  return createDynamodbProfileStore({
    client: account.clients.dynamodb,
    table: deployment.nameOf('AWS::DynamoDB::Table', /Profiles/),
    logRetentionDays: 455,
  });
}
