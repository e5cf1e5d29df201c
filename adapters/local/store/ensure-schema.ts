import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from './rows-of.ts';
import { StoreError } from './store-error.ts';
import { CREATE_SCHEMA, MIGRATIONS, SCHEMA_VERSION } from './store-schema.ts';

/** The tables that a version knows, and how those of earlier versions become them. */
export interface Schema {
  readonly version: number;
  /** Statements that change the tables of version k + 1 into those of version k + 2. */
  readonly migrations: readonly (readonly string[])[];
}

const SCHEMA: Schema = { version: SCHEMA_VERSION, migrations: MIGRATIONS };

/** Creates the tables in an empty file. */
export async function createSchema(connection: DuckDBConnection): Promise<void> {
  for (const statement of CREATE_SCHEMA) await connection.run(statement);
}

/**
 * Creates the tables in an empty file, and changes the tables of an earlier version. The caller's
 * transaction makes it one step.
 * @throws StoreError if the file is another database, or a store of a later version.
 */
export async function ensureSchema(
  connection: DuckDBConnection,
  file: string,
  { version, migrations }: Schema = SCHEMA,
): Promise<void> {
  const stored = await storedVersion(connection, file, version);
  if (stored === version) return;
  if (stored === null) return createSchema(connection);
  for (const statement of migrations.slice(stored - 1).flat()) await connection.run(statement);
  await connection.run(`UPDATE store_schema SET version = ${version}`);
}

/**
 * True if nothing has to be written before the store can be read.
 * @throws StoreError as `ensureSchema` does.
 */
export async function isOfThisVersion(
  connection: DuckDBConnection,
  file: string,
): Promise<boolean> {
  return (await storedVersion(connection, file, SCHEMA_VERSION)) === SCHEMA_VERSION;
}

/** The version of a store, at most `version`; null for an empty file. */
async function storedVersion(
  connection: DuckDBConnection,
  file: string,
  version: number,
): Promise<number | null> {
  const tables = await rowsOf(connection, 'SELECT table_name FROM duckdb_tables()');
  if (tables.length === 0) return null;
  if (!tables.some((row) => row['table_name'] === 'store_schema')) {
    throw new StoreError('schema', `store ${file} is a DuckDB database, but not a Foreprint store`);
  }
  const [row] = await rowsOf(connection, 'SELECT version FROM store_schema');
  const stored = Number(row?.['version']);
  if (stored >= 1 && stored <= version) return stored;
  throw new StoreError(
    'schema',
    `store ${file} has schema version ${String(row?.['version'])}; this Foreprint knows ${version}`,
  );
}
