/** Cuts 6 machines and 11 days out of a trace: node .ci/slice-trace.js trace.parquet slice.parquet */
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';

const [trace, slice] = process.argv.slice(2).map((path) => `'${path.replaceAll("'", "''")}'`);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`
  COPY (
    SELECT * FROM ${trace}
    WHERE application_id IN (SELECT DISTINCT application_id FROM ${trace} ORDER BY application_id LIMIT 6)
      AND "timestamp" < (SELECT min("timestamp") + INTERVAL 11 DAY FROM ${trace})
  ) TO ${slice} (FORMAT parquet)`);
connection.closeSync();
instance.closeSync();
