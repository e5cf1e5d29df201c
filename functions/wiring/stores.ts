import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import type { IncidentStore, ProfileStore } from '#core/ports.ts';
import { configuration, environment } from './environment.ts';
import { reportFailure } from './instruments.ts';
import { required } from './read-environment.ts';

/** Throttling slows the calls down instead of failing them. */
export const dynamodb = new DynamoDBClient({ retryMode: 'adaptive' });

/** One item that cannot be read must not stop all other groups. */
export const reportUnreadable = (error: Error): void => reportFailure('unreadable item', error);

const table = { client: dynamodb, table: required(environment, 'FOREPRINT_TABLE') };

/** Profiles, clusters and the allocation log. */
export const profiles: ProfileStore = createDynamodbProfileStore({
  ...table,
  logRetentionDays: configuration.historyDays,
  onUnreadable: reportUnreadable,
});

/** Monitoring state and incidents. */
export const incidents: IncidentStore = createDynamodbIncidentStore({
  ...table,
  retentionDays: configuration.historyDays,
});
