import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '#adapters/local/store/rows-of.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';

/**
 * Copies an open database into a new file, without the space that deleted rows left. The copy is
 * complete or an error is thrown; nobody can write meanwhile, as the store is locked.
 * @param target must not exist.
 */
export async function copyDatabase(database: StoreDatabase, target: string): Promise<void> {
  await database.read(async (connection) => {
    const [row] = await rowsOf(connection, 'SELECT current_database() AS name');
    await connection.run(`ATTACH '${target.replaceAll("'", "''")}' AS store_copy (READ_WRITE)`);
    try {
      await connection.run(`COPY FROM DATABASE "${String(row?.['name'])}" TO store_copy`);
      await connection.run('CHECKPOINT store_copy');
    } finally {
      await detach(connection);
    }
  });
}

async function detach(connection: DuckDBConnection): Promise<void> {
  await connection.run('DETACH store_copy');
}
