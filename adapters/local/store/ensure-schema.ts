import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from './rows-of.ts';
import { StoreError } from './store-error.ts';
import { CREATE_SCHEMA, SCHEMA_VERSION } from './store-schema.ts';

/**
 * Creates the tables in a new file.
 * @throws StoreError if the file is another database, or a store of another version.
 */
export async function ensureSchema(connection: DuckDBConnection, file: string): Promise<void> {
  const tables = await rowsOf(connection, 'SELECT table_name FROM duckdb_tables()');
  if (tables.length === 0) {
    for (const statement of CREATE_SCHEMA) await connection.run(statement);
    return;
  }
  if (!tables.some((row) => row['table_name'] === 'store_schema')) {
    throw new StoreError('schema', `store ${file} is a DuckDB database, but not a Foreprint store`);
  }
  const [stored] = await rowsOf(connection, 'SELECT version FROM store_schema');
  if (stored?.['version'] !== SCHEMA_VERSION) {
    throw new StoreError(
      'schema',
      `store ${file} has schema version ${String(stored?.['version'])}; this Foreprint knows ${SCHEMA_VERSION}`,
    );
  }
}
