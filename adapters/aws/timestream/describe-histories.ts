import { inferStepSeconds, STEP_SAMPLE } from '#adapters/time-grid/infer-step-seconds.ts';
import type { ApplicationHistory } from '#core/domain/ports.ts';
import { queryRows, type QueryRow } from './query-rows.ts';
import {
  APPLICATION_ID,
  APPLICATION_TYPE,
  quoteText,
  tableName,
  WRITTEN,
  type TimestreamTable,
} from './timestream-table.ts';

/**
 * Version of a record's application type, 0 if the record has no type: the newest known type
 * counts.
 */
const TYPED = `CASE WHEN ${APPLICATION_TYPE} = 'null' THEN 0 ELSE ${WRITTEN} END`;

/**
 * Summary of the stored history of one application, or of all. Counts every time once, even if
 * several records have it. The query reads the identifiers and times of the whole retention.
 */
export async function describeHistories(
  table: TimestreamTable,
  applicationId?: string,
): Promise<readonly ApplicationHistory[]> {
  const where =
    applicationId === undefined ? '' : `WHERE ${APPLICATION_ID} = ${quoteText(applicationId)}`;
  const rows = await queryRows(
    table,
    `SELECT ${APPLICATION_ID}, max_by(type_then, typed) AS newest_type, count(*) AS points,
            min(instant) AS first_instant, max(instant) AS last_instant,
            max(instant, ${STEP_SAMPLE}) AS newest
     FROM (
       SELECT ${APPLICATION_ID}, to_milliseconds(time) AS instant,
              max_by(${APPLICATION_TYPE}, ${TYPED}) AS type_then, max(${TYPED}) AS typed
       FROM ${tableName(table)} ${where}
       GROUP BY ${APPLICATION_ID}, to_milliseconds(time)
     )
     GROUP BY ${APPLICATION_ID}`,
  );
  return rows.map(historyOf).sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
}

function historyOf(row: QueryRow): ApplicationHistory {
  const newest = Array.isArray(row['newest']) ? row['newest'].map((at) => Number(at) / 1000) : [];
  const type: unknown = JSON.parse(String(row['newest_type'] ?? 'null'));
  return {
    applicationId: String(row[APPLICATION_ID]),
    applicationType: typeof type === 'string' ? type : null,
    stepSeconds: inferStepSeconds(newest.sort((a, b) => a - b)),
    firstSeconds: Number(row['first_instant']) / 1000,
    lastSeconds: Number(row['last_instant']) / 1000,
    points: Number(row['points']),
  };
}
