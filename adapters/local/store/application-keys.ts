import { listValue, type DuckDBConnection } from '@duckdb/node-api';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import { rowsOf } from './rows-of.ts';

type Named = Pick<ApplicationPoints, 'applicationId' | 'applicationType'>;

/**
 * The applications' keys by identifier. Creates keys of new applications, and stores application
 * types that are new or changed. The number of statements does not depend on the number of
 * applications.
 * @param applications with unique identifiers.
 */
export async function applicationKeys(
  connection: DuckDBConnection,
  applications: readonly Named[],
): Promise<ReadonlyMap<string, number>> {
  if (applications.length === 0) return new Map();
  const values = {
    ids: listValue(applications.map(({ applicationId }) => applicationId)),
    types: listValue(applications.map(({ applicationType }) => applicationType)),
  };
  const given = '(SELECT unnest($ids::VARCHAR[]) AS id, unnest($types::VARCHAR[]) AS type)';
  await connection.run(
    `UPDATE application SET application_type = given.type FROM ${given} AS given
     WHERE application_id = given.id AND given.type IS NOT NULL
       AND given.type IS DISTINCT FROM application_type`,
    values,
  );
  await connection.run(
    `INSERT INTO application
     SELECT (SELECT coalesce(max(application_key), 0) FROM application) + row_number() OVER (), id, type
     FROM ${given} WHERE id NOT IN (SELECT application_id FROM application)`,
    values,
  );
  const rows = await rowsOf(
    connection,
    `SELECT application_id, application_key FROM application
     WHERE application_id IN (SELECT unnest($ids::VARCHAR[]))`,
    { ids: values.ids },
  );
  return new Map(
    rows.map((row) => [String(row['application_id']), Number(row['application_key'])]),
  );
}
