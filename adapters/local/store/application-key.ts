import type { DuckDBConnection } from '@duckdb/node-api';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import { rowsOf } from './rows-of.ts';

/** The application's key; makes one for a new application and stores a type that became known or changed. */
export async function applicationKey(
  connection: DuckDBConnection,
  { applicationId: id, applicationType: type }: ApplicationPoints,
): Promise<number> {
  const [found] = await rowsOf(
    connection,
    'SELECT application_key, application_type FROM application WHERE application_id = $id',
    { id },
  );
  if (!found) {
    const [made] = await rowsOf(
      connection,
      `INSERT INTO application SELECT coalesce(max(application_key), 0) + 1, $id, $type
       FROM application RETURNING application_key`,
      { id, type },
    );
    return Number(made!['application_key']);
  }
  if (type !== null && type !== found['application_type']) {
    await connection.run(
      'UPDATE application SET application_type = $type WHERE application_id = $id',
      {
        id,
        type,
      },
    );
  }
  return Number(found['application_key']);
}
