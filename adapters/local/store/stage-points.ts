import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  type DuckDBAppender,
  type DuckDBConnection,
} from '@duckdb/node-api';
import { RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';

/** DuckDB's vector size: the most rows of a chunk. */
const CHUNK_ROWS = 2048;
const COLUMN_TYPES = [INTEGER, BIGINT, DOUBLE, DOUBLE, DOUBLE, DOUBLE];

/** Points of one application, unique times, with the application's key in the store. */
export interface KeyedPoints {
  readonly key: number;
  readonly points: readonly FootprintPoint[];
}

/** Copies points into the temporary table `staged`, which is emptied first. */
export async function stagePoints(
  connection: DuckDBConnection,
  batch: readonly KeyedPoints[],
): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM footprint LIMIT 0');
  const appender = await connection.createAppender('staged', 'main', 'temp');
  for (const { key, points } of batch) {
    for (let from = 0; from < points.length; from += CHUNK_ROWS) {
      appendChunk(appender, key, points.slice(from, from + CHUNK_ROWS));
    }
  }
  appender.closeSync();
}

function appendChunk(
  appender: DuckDBAppender,
  key: number,
  points: readonly FootprintPoint[],
): void {
  const chunk = DuckDBDataChunk.create(COLUMN_TYPES, points.length);
  chunk.setColumnValues(0, new Array<number>(points.length).fill(key));
  chunk.setColumnValues(
    1,
    points.map((point) => BigInt(point.timestampSeconds)),
  );
  RESOURCES.forEach((resource, r) => {
    chunk.setColumnValues(
      r + 2,
      points.map((point) => point.footprint[resource]),
    );
  });
  appender.appendDataChunk(chunk);
}
