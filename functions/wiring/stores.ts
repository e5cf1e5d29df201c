import { putTrainedCluster } from '#adapters/aws/dynamodb/cluster-generation.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { createDynamodbWatermarkStore } from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import { createDynamodbExpectStore } from '#adapters/aws/dynamodb/expect/dynamodb-expect-store.ts';
import type { TaggedExpectations } from '#cdk/configuration/expect-tags.ts';
import { withExpected } from '#cdk/configuration/with-expected.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { ProfileStore } from '#core/domain/ports.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { configuration, environment, settings } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { dynamodb, reportUnreadable } from './dynamodb.ts';
import { rememberClusters } from './remember-clusters.ts';

const table = { client: dynamodb, table: required(environment, 'FOREPRINT_TABLE') };

/** Profiles, clusters and the allocation log. */
export const profiles: ProfileStore = createDynamodbProfileStore({
  ...table,
  logRetentionDays: configuration.historyDays,
  onUnreadable: reportUnreadable,
});

/** The same for functions that work on many groups. */
export const clusteredProfiles = rememberClusters(profiles, {
  nowMs: () => Date.now(),
  freshMs: 300_000,
});

/** Writes a trained cluster, unless the clusters were refined meanwhile. */
export const saveCluster = (cluster: ClusterProfile) => putTrainedCluster(table, cluster);

/** What the groups' tags say of use to come. */
export const expectations = createDynamodbExpectStore<TaggedExpectations>(table);

/** The settings with that. */
export async function settingsWithTags(): Promise<Settings> {
  const tagged = await expectations.read();
  return withExpected(settings, tagged?.entries ?? []);
}

/** How far ingest has come with every group. */
export const watermarks = createDynamodbWatermarkStore(table);

/** Monitoring state and incidents. */
export const incidents: IncidentStore = createDynamodbIncidentStore({
  ...table,
  retentionDays: configuration.historyDays,
});
