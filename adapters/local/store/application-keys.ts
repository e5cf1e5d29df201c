import { listValue, type DuckDBConnection } from '@duckdb/node-api';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import { rowsOf } from './rows-of.ts';

type Named = Pick<ApplicationPoints, 'applicationId' | 'applicationType' | 'isSimulated'>;

/**
 * The applications' keys by identifier. Creates keys of new applications, and stores application
 * types that are new or changed, and which applications have simulated points. The number of
 * statements does not depend on the number of applications.
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
    marks: listValue(applications.map(({ isSimulated = false }) => isSimulated)),
  };
  const given =
    '(SELECT unnest($ids::VARCHAR[]) AS id, unnest($types::VARCHAR[]) AS type, ' +
    'unnest($marks::BOOLEAN[]) AS mark)';
  await connection.run(
    `UPDATE application SET application_type = coalesce(given.type, application_type),
                            simulated = simulated OR given.mark
     FROM ${given} AS given
     WHERE application_id = given.id
       AND (given.mark AND NOT simulated
            OR given.type IS NOT NULL AND given.type IS DISTINCT FROM application_type)`,
    values,
  );
  await connection.run(
    `INSERT INTO application
     SELECT (SELECT coalesce(max(application_key), 0) FROM application) + row_number() OVER (), id, type, mark
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
