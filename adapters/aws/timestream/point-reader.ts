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

/** Ingest writes as often: who reads learns that late of a resource that nobody in the table had measured before. */
const REMEMBERED_MS = 300_000;

export interface PointReader {
  /** The records of a range in any order. @throws HistoryReadError */
  read(applicationId: string, range: TimeRange): Promise<readonly PointRecordRead[]>;
  /** Records of any resource may have been written: all columns are asked for again. */
  forget(): void;
}

/**
 * Reads points packed, with the columns that the table has; which those are, Timestream tells by refusing a query that
 * names another one, and in the answer to a query for all of them. Where it refuses the packed query for any other reason
 * all columns are read as rows.
 */
export function createPointReader(table: TimestreamTable, nowMs: () => number): PointReader {
  // No resources: the packed query was refused.
  let known: { readonly resources: readonly Resource[] | null; readonly untilMs: number };
  const forget = (): void => void (known = { resources: RESOURCES, untilMs: Infinity });
  const remember = (resources: readonly Resource[] | null): void =>
    void (known = { resources, untilMs: nowMs() + REMEMBERED_MS });
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
      if (nowMs() >= known.untilMs) forget();
      let records = known.resources ? await readPacked(known.resources, where) : 'refused';
      if (records === 'unknown column') {
        const one = await readRows(`${where} LIMIT 1`);
        // Nothing was ever written: there is nothing to be known yet.
        if (one === null) return [];
        const resources = RESOURCES.filter((resource) => one.columns.includes(resource));
        remember(resources);
        records = await readPacked(resources, where);
      }
      if (typeof records !== 'string') return records;
      if (known.resources) remember(null);
      return plainRows((await readRows(where))?.rows ?? []);
    },
  };
}
