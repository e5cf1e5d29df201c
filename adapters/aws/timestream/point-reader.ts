import { ValidationException } from '@aws-sdk/client-timestream-query';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import {
  ofRange,
  packedQuery,
  plainRows,
  unpackRows,
  type PointRecordRead,
} from './packed-points.ts';
import { HistoryReadError, queryAnswer, type QueryAnswer } from './query-rows.ts';
import { tableName, type TimestreamTable } from './timestream-table.ts';

/**
 * How long the list of columns is cached, as often as ingestion writes. A resource that no record
 * of the table had before becomes readable after this time at the latest.
 */
const REMEMBERED_MS = 300_000;

export interface PointReader {
  /**
   * The records of a range in any order.
   * @throws HistoryReadError
   */
  read(applicationId: string, range: TimeRange): Promise<readonly PointRecordRead[]>;
  /** Clears the cached columns, because a record of any resource may have been written. */
  forget(): void;
}

/**
 * Reads points with a packed query over the columns that the table has. Timestream reveals a
 * missing column by rejecting a query that names it; the answer to a query for all columns lists
 * them. If Timestream rejects the packed query for another reason, all columns are read as rows.
 */
export function createPointReader(table: TimestreamTable, nowMs: () => number): PointReader {
  // `resources: null` means that the packed query was rejected.
  let cached: { readonly resources: readonly Resource[] | null; readonly untilMs: number };
  const forget = (): void => void (cached = { resources: RESOURCES, untilMs: Infinity });
  const remember = (resources: readonly Resource[] | null): void =>
    void (cached = { resources, untilMs: nowMs() + REMEMBERED_MS });
  forget();

  async function readPacked(
    resources: readonly Resource[],
    where: string,
  ): Promise<readonly PointRecordRead[] | 'refused' | 'unknown column'> {
    try {
      const answer = await queryAnswer(table, packedQuery(table, resources, where));
      return answer ? unpackRows(answer.rows, resources) : 'unknown column';
    } catch (error) {
      if (error instanceof HistoryReadError && error.cause instanceof ValidationException) {
        return 'refused';
      }
      throw error;
    }
  }

  const readRows = (where: string): Promise<QueryAnswer | null> =>
    queryAnswer(table, `SELECT * FROM ${tableName(table)} ${where}`);

  return {
    forget,
    async read(applicationId, range) {
      const where = ofRange(applicationId, range);
      if (nowMs() >= cached.untilMs) forget();
      let records = cached.resources ? await readPacked(cached.resources, where) : 'refused';
      if (records === 'unknown column') {
        const one = await readRows(`${where} LIMIT 1`);
        // No record was ever written, so the columns are still unknown.
        if (one === null) return [];
        const resources = RESOURCES.filter((resource) => one.columns.includes(resource));
        remember(resources);
        records = await readPacked(resources, where);
      }
      if (typeof records !== 'string') return records;
      if (cached.resources) remember(null);
      return plainRows((await readRows(where))?.rows ?? []);
    },
  };
}
