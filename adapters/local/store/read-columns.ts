import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { PointColumns } from '#adapters/time-grid/slot-means.ts';
import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';

/** Stored points of an application within a range, in the order of time. */
export async function readColumns(
  connection: DuckDBConnection,
  applicationId: string,
  range: TimeRange,
): Promise<PointColumns> {
  const result = await connection.run(
    `SELECT timestamp_seconds::DOUBLE, ${RESOURCES.join(', ')} FROM footprint
     WHERE application_key = (SELECT application_key FROM application WHERE application_id = $id)
       AND timestamp_seconds >= $from::BIGINT AND timestamp_seconds < $to::BIGINT
     ORDER BY timestamp_seconds`,
    { id: applicationId, from: Math.ceil(range.fromSeconds), to: Math.ceil(range.toSeconds) },
  );
  const rows = result.rowCount;
  const times = new Float64Array(rows);
  const values = perResource(() => new Float64Array(rows));
  const columns = [times, ...RESOURCES.map((resource) => values[resource])];
  let at = 0;
  for (let c = 0; c < result.chunkCount; c++) {
    at += copyChunk(result.getChunk(c), columns, at);
  }
  return { times, values };
}

/**
 * Copies the chunk's numbers into the columns from index `at`, NaN for null; returns its row count.
 */
function copyChunk(chunk: DuckDBDataChunk, columns: readonly Float64Array[], at: number): number {
  columns.forEach((column, c) => {
    const vector = chunk.getColumnVector(c);
    for (let i = 0; i < chunk.rowCount; i++) {
      const value = vector.getItem(i);
      column[at + i] = typeof value === 'number' ? value : NaN;
    }
  });
  return chunk.rowCount;
}
