import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** Runs work on its own in-memory DuckDB. Times without a zone are UTC. */
export async function withDuckdb<T>(
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
