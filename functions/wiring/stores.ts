import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import type { IncidentStore, ProfileStore } from '#core/ports.ts';
import { configuration, environment } from './environment.ts';
import { required } from './read-environment.ts';

export const dynamodb = new DynamoDBClient();

const table = { client: dynamodb, table: required(environment, 'FOREPRINT_TABLE') };

/** Profiles, clusters and the allocation log. */
export const profiles: ProfileStore = createDynamodbProfileStore({
  ...table,
  logRetentionDays: configuration.historyDays,
});

/** Monitoring state and incidents. */
export const incidents: IncidentStore = createDynamodbIncidentStore({
  ...table,
  retentionDays: configuration.historyDays,
});
