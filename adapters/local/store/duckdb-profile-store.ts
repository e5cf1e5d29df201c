import type { DuckDBConnection } from '@duckdb/node-api';
import { jsonBody, parseBody } from '#adapters/encoding/json-body.ts';
import { requireProfile } from '#adapters/encoding/require-profile.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import { upgradeProfile } from '#core/domain/upgrade-profile.ts';
import { rowsOf, type Row } from './rows-of.ts';
import type { StoreDatabase } from './store-database.ts';
import { StoreError } from './store-error.ts';

/** Hears of a profile or cluster that a list omits because it cannot be read. */
export type OnUnreadable = (error: StoreError) => void;

/**
 * Profiles and allocation log as JSON documents in the embedded store.
 * @param onUnreadable called for what the lists omit. Without it, one unreadable document makes a
 * list fail. Its own application is told the error in any case.
 */
export function createDuckdbProfileStore(
  database: StoreDatabase,
  onUnreadable?: OnUnreadable,
): ProfileStore {
  const bodies = async <T>(sql: string, values = {}) =>
    (await database.rows(sql, values)).map((row) => parseBody<T>(row['body']));
  const profileOf = (row: Row): ApplicationProfile =>
    readProfile<ApplicationProfile>(database.file, row, 'applicationId');
  const clusterOf = (row: Row): ClusterProfile =>
    readProfile<ClusterProfile>(database.file, row, 'clusterId');
  const readable = <T>(rows: readonly Row[], read: (row: Row) => T): readonly T[] =>
    rows.flatMap((row) => {
      try {
        return [read(row)];
      } catch (error) {
        if (!(error instanceof StoreError) || !onUnreadable) throw error;
        onUnreadable(error);
        return [];
      }
    });

  return {
    async application(id) {
      const sql = 'SELECT application_id AS id, body FROM application_profile';
      const [row] = await database.rows(`${sql} WHERE application_id = $id`, { id });
      return row ? profileOf(row) : null;
    },

    async applications() {
      const sql = 'SELECT application_id AS id, body FROM application_profile';
      return readable(await database.rows(`${sql} ORDER BY application_id`), profileOf);
    },

    putApplication: (profile) => database.write((connection) => putProfile(connection, profile)),

    async clusters() {
      const sql = 'SELECT cluster_id AS id, body FROM cluster_profile ORDER BY cluster_id';
      return readable(await database.rows(sql), clusterOf);
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

/** @throws StoreError that names the application or cluster. */
function readProfile<P extends ApplicationProfile | ClusterProfile>(
  file: string,
  row: Row,
  key: 'applicationId' | 'clusterId',
): P {
  try {
    return upgradeProfile(requireProfile(parseBody<P>(row['body']), key));
  } catch (cause) {
    const what = key === 'clusterId' ? 'cluster' : 'profile';
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `store ${file}: ${what} ${String(row['id'])} cannot be read: ${reason}`;
    throw new StoreError('unreadable', message, { cause });
  }
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
