import { ValidationException } from '@aws-sdk/client-timestream-query';
import { RESOURCES, type Resource } from '#core/footprint.ts';
import type { TimeRange } from '#core/ports.ts';
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
 * Reads points packed, with the columns that the table has; which those are, Timestream tells only by refusing a query
 * that names another one. After a refusal, for that reason or any other, all columns are read as rows, which always
 * works, and which shows the columns.
 */
export function createPointReader(table: TimestreamTable, nowMs: () => number): PointReader {
  let known: { readonly resources: readonly Resource[] | null; readonly untilMs: number };
  const forget = (): void => void (known = { resources: RESOURCES, untilMs: Infinity });
  forget();

  async function readRows(where: string): Promise<QueryAnswer | null> {
    return queryAnswer(table, `SELECT * FROM ${tableName(table)} ${where}`);
  }

  async function packed(
    resources: readonly Resource[],
    where: string,
  ): Promise<QueryAnswer | 'refused' | null> {
    try {
      return await queryAnswer(table, packedQuery(table, resources, where));
    } catch (error) {
      if (error instanceof HistoryReadError && error.cause instanceof ValidationException) {
        return 'refused';
      }
      throw error;
    }
  }

  return {
    forget,
    async read(applicationId, range) {
      const where = ofRange(applicationId, range);
      if (nowMs() >= known.untilMs) forget();
      const { resources } = known;
      const answer = resources && (await packed(resources, where));
      if (answer && answer !== 'refused') return unpackRows(answer.rows, resources!);
      const plain = await readRows(where);
      // Nothing was ever written: there is nothing to be known yet.
      if (plain === null) return [];
      if (resources) {
        const there = RESOURCES.filter((resource) => plain.columns.includes(resource));
        known = {
          resources: answer === 'refused' ? null : there,
          untilMs: nowMs() + REMEMBERED_MS,
        };
      }
      return plainRows(plain.rows);
    },
  };
}
