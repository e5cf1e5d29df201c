import type { DuckDBConnection } from '@duckdb/node-api';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import { rowsOf } from './rows-of.ts';

/**
 * Returns the application's key. Creates the key of a new application, and stores an application
 * type that is new or changed.
 */
export async function applicationKey(
  connection: DuckDBConnection,
  { applicationId: id, applicationType: type }: ApplicationPoints,
): Promise<number> {
  const [stored] = await rowsOf(
    connection,
    'SELECT application_key, application_type FROM application WHERE application_id = $id',
    { id },
  );
  if (!stored) {
    const [created] = await rowsOf(
      connection,
      `INSERT INTO application SELECT coalesce(max(application_key), 0) + 1, $id, $type
       FROM application RETURNING application_key`,
      { id, type },
    );
    return Number(created!['application_key']);
  }
  if (type !== null && type !== stored['application_type']) {
    await connection.run(
      'UPDATE application SET application_type = $type WHERE application_id = $id',
      {
        id,
        type,
      },
    );
  }
  return Number(stored['application_key']);
}
