/**
 * Cuts every tenth machine and the first 10 days out of a trace: node .ci/slice-trace.js
 * trace.parquet slice.parquet
 */
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';

const [trace, slice] = process.argv.slice(2).map((path) => `'${path.replaceAll("'", "''")}'`);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`
  COPY (
    SELECT t.* FROM ${trace} t JOIN (
      SELECT application_id, row_number() OVER (ORDER BY application_id) AS place
      FROM (SELECT DISTINCT application_id FROM ${trace})
    ) USING (application_id)
    WHERE place % 10 = 0
      AND "timestamp" < (SELECT min("timestamp") + INTERVAL 10 DAY FROM ${trace})
  ) TO ${slice} (FORMAT parquet)`);
connection.closeSync();
instance.closeSync();
