import type { DuckDBConnection } from '@duckdb/node-api';
import { jsonBody, parseBody } from '#adapters/encoding/json-body.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { parseControllerState } from '#core/controller/parse-controller-state.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { StoreDatabase } from './store-database.ts';

/** The controller's state and incidents as JSON documents in the embedded store. */
export function createDuckdbIncidentStore(database: StoreDatabase): IncidentStore {
  return {
    async state(id) {
      const [row] = await database.rows(
        'SELECT body FROM monitoring_state WHERE application_id = $id',
        { id },
      );
      return row ? parseControllerState(parseBody<unknown>(row['body'])) : null;
    },

    save: (id, state, changed) =>
      database.write(async (connection) => {
        await connection.run('DELETE FROM monitoring_state WHERE application_id = $id', { id });
        const body = jsonBody(state);
        await connection.run('INSERT INTO monitoring_state VALUES ($id, $body)', { id, body });
        for (const incident of changed) await putIncident(connection, id, incident);
      }),

    async incidents(id) {
      const rows = await database.rows(
        'SELECT body FROM incident WHERE application_id = $id ORDER BY start_seconds, resource',
        { id },
      );
      return rows.map((row) => parseBody<Incident>(row['body']));
    },
  };
}

async function putIncident(
  connection: DuckDBConnection,
  id: string,
  incident: Incident,
): Promise<void> {
  const key = { id, resource: incident.resource, start: incident.startSeconds };
  await connection.run(
    `DELETE FROM incident
     WHERE application_id = $id AND resource = $resource AND start_seconds = $start`,
    key,
  );
  await connection.run('INSERT INTO incident VALUES ($id, $resource, $start::BIGINT, $body)', {
    ...key,
    body: jsonBody(incident),
  });
}
