import type { DuckDBConnection } from '@duckdb/node-api';
import { inferStepSeconds, STEP_SAMPLE } from '#adapters/time-grid/infer-step-seconds.ts';
import { mergeBatch } from '#adapters/time-grid/merge-batch.ts';
import { fillSlotMeans } from '#adapters/time-grid/slot-means.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { ApplicationHistory, ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';
import { applicationKeys } from './application-keys.ts';
import { readColumns } from './read-columns.ts';
import type { Row } from './rows-of.ts';
import { stagePoints } from './stage-points.ts';
import type { StoreDatabase } from './store-database.ts';

/** Equal points are not written again, so a repeated import does not change the file. */
const MERGE_STAGED = `
  MERGE INTO footprint AS f USING staged AS s
  ON f.application_key = s.application_key AND f.timestamp_seconds = s.timestamp_seconds
  WHEN MATCHED AND (${RESOURCES.map((r) => `s.${r} IS NOT NULL AND s.${r} IS DISTINCT FROM f.${r}`).join(' OR ')})
    THEN UPDATE SET ${RESOURCES.map((r) => `${r} = coalesce(s.${r}, f.${r})`).join(', ')}
  WHEN NOT MATCHED THEN INSERT`;

const DESCRIBE = `
  SELECT application_id, any_value(application_type) AS application_type,
         bool_or(simulated) AS simulated, count(*) AS points,
         min(timestamp_seconds) AS first, max(timestamp_seconds) AS last,
         max(timestamp_seconds, ${STEP_SAMPLE}) AS newest
  FROM footprint JOIN application USING (application_key)`;

/** History in the embedded store. Each append is one transaction. */
export function createDuckdbHistoryStore(database: StoreDatabase): HistoryStore {
  const describe = async (clauses: string, values = {}) =>
    (await database.rows(`${DESCRIBE} ${clauses}`, values)).map(toHistory);

  return {
    location: `duckdb:${database.file}`,

    async append(batch) {
      const merged = mergeBatch(batch);
      await database.write((connection) => mergeIntoStore(connection, merged));
    },

    async read(applicationId, range, stepSeconds) {
      const window = emptyWindow(range, stepSeconds);
      const columns = await database.read((connection) =>
        readColumns(connection, applicationId, range),
      );
      fillSlotMeans(window, columns, { first: 0, end: columns.times.length });
      return window;
    },

    async application(id) {
      return (
        (await describe('WHERE application_id = $id GROUP BY application_id', { id }))[0] ?? null
      );
    },

    applications: () => describe('GROUP BY application_id ORDER BY application_id'),
  };
}

async function mergeIntoStore(
  connection: DuckDBConnection,
  batch: readonly ApplicationPoints[],
): Promise<void> {
  const keys = await applicationKeys(connection, batch);
  const keyed = batch.map(({ applicationId, points }) => {
    return { key: keys.get(applicationId)!, points };
  });
  await stagePoints(connection, keyed);
  await connection.run(MERGE_STAGED);
}

function toHistory(row: Row): ApplicationHistory {
  const newest = Array.isArray(row['newest']) ? row['newest'].map(Number) : [];
  const type = row['application_type'];
  return {
    applicationId: String(row['application_id']),
    applicationType: typeof type === 'string' ? type : null,
    stepSeconds: inferStepSeconds(newest.reverse()),
    firstSeconds: Number(row['first']),
    lastSeconds: Number(row['last']),
    points: Number(row['points']),
    ...(row['simulated'] === true && { isSimulated: true }),
  };
}
