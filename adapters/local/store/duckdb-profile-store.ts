import type { DuckDBConnection } from '@duckdb/node-api';
import { jsonBody, parseBody } from '#adapters/encoding/json-body.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import { upgradeProfile } from '#core/domain/upgrade-profile.ts';
import { rowsOf } from './rows-of.ts';
import type { StoreDatabase } from './store-database.ts';

/** Profiles and allocation log as JSON documents in the embedded store. */
export function createDuckdbProfileStore(database: StoreDatabase): ProfileStore {
  const bodies = async <T>(sql: string, values = {}) =>
    (await database.rows(sql, values)).map((row) => parseBody<T>(row['body']));

  return {
    async application(id) {
      const sql = 'SELECT body FROM application_profile WHERE application_id = $id';
      const [profile] = await bodies<ApplicationProfile>(sql, { id });
      return profile ? upgradeProfile(profile) : null;
    },

    async applications() {
      const sql = 'SELECT body FROM application_profile ORDER BY application_id';
      return (await bodies<ApplicationProfile>(sql)).map(upgradeProfile);
    },

    putApplication: (profile) => database.write((connection) => putProfile(connection, profile)),

    async clusters() {
      const sql = 'SELECT body FROM cluster_profile ORDER BY cluster_id';
      return (await bodies<ClusterProfile>(sql)).map(upgradeProfile);
    },

    putClusters: (clusters) =>
      database.write((connection) => replaceClusters(connection, clusters)),

    async logAllocation(decision) {
      const values = {
        id: decision.applicationId,
        at: decision.decidedAtSeconds,
        body: jsonBody(decision),
      };
      await database.write((connection) =>
        connection.run(
          `INSERT INTO allocation_log SELECT $id, $at::BIGINT, $body WHERE NOT EXISTS (
             SELECT 1 FROM allocation_log WHERE application_id = $id AND decided_at_seconds = $at)`,
          values,
        ),
      );
    },

    allocationLog: (id, limit) =>
      bodies<AllocationDecision>(
        `SELECT body FROM allocation_log WHERE application_id = $id
         ORDER BY decided_at_seconds DESC LIMIT $limit::BIGINT`,
        { id, limit },
      ),
  };
}

async function putProfile(
  connection: DuckDBConnection,
  profile: ApplicationProfile,
): Promise<ApplicationProfile> {
  const id = profile.applicationId;
  const where = 'WHERE application_id = $id';
  const [row] = await rowsOf(connection, `SELECT version FROM application_profile ${where}`, {
    id,
  });
  const storedVersion = Number(row?.['version'] ?? 0);
  if (storedVersion !== profile.version) {
    throw new VersionConflict(id, profile.version, storedVersion);
  }
  const next = { ...profile, version: storedVersion + 1 };
  const values = { id, version: next.version, body: jsonBody(next) };
  await connection.run(
    row
      ? `UPDATE application_profile SET version = $version, body = $body ${where}`
      : 'INSERT INTO application_profile VALUES ($id, $version, $body)',
    values,
  );
  return next;
}

async function replaceClusters(
  connection: DuckDBConnection,
  clusters: readonly ClusterProfile[],
): Promise<void> {
  await connection.run('DELETE FROM cluster_profile');
  for (const cluster of clusters) {
    await connection.run('INSERT INTO cluster_profile VALUES ($id, $body)', {
      id: cluster.clusterId,
      body: jsonBody(cluster),
    });
  }
}
