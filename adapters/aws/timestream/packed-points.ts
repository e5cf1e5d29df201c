import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { QueryRow } from './query-rows.ts';
import {
  APPLICATION_ID,
  quoteText,
  tableName,
  WRITTEN,
  type TimestreamTable,
} from './timestream-table.ts';

const PACKED = 'packed';
const BETWEEN_VALUES = ',';
const BETWEEN_RECORDS = ';';

/** One record of a point: the measured values, and the version that wrote them. */
export interface PointRecordRead {
  readonly timeSeconds: number;
  readonly written: number;
  readonly values: Readonly<Partial<Record<Resource, number>>>;
}

/** SQL condition for the records of one application within a range. */
export function ofRange(applicationId: string, { fromSeconds, toSeconds }: TimeRange): string {
  return `WHERE ${APPLICATION_ID} = ${quoteText(applicationId)}
    AND time >= from_milliseconds(${Math.ceil(fromSeconds * 1000)})
    AND time < from_milliseconds(${Math.ceil(toSeconds * 1000)})`;
}

/**
 * Query that returns one text per day instead of one row per record. Three weeks of four resources
 * fit into one page of some hundred kilobytes; as rows, in which every cell is an object, they take
 * several pages and most of a decision's time. The query names the resources' columns; naming a
 * column that no record has ever had is an error.
 */
export function packedQuery(
  table: TimestreamTable,
  resources: readonly Resource[],
  where: string,
): string {
  const values = resources.map((resource) => `coalesce(CAST(${resource} AS varchar), '')`);
  const cells = [
    'CAST(to_milliseconds(time) AS varchar)',
    `CAST(${WRITTEN} AS varchar)`,
    ...values,
  ];
  const record = cells.join(` || '${BETWEEN_VALUES}' || `);
  return `SELECT array_join(array_agg(${record}), '${BETWEEN_RECORDS}', '') AS ${PACKED}
    FROM ${tableName(table)} ${where}
    GROUP BY date_trunc('day', time)`;
}

/** Parses the answer to a `packedQuery` for the same resources. */
export function unpackRows(
  rows: readonly QueryRow[],
  resources: readonly Resource[],
): readonly PointRecordRead[] {
  return rows.flatMap((row) =>
    String(row[PACKED] ?? '')
      .split(BETWEEN_RECORDS)
      .filter((record) => record !== '')
      .map((record) => {
        const [time, written, ...cells] = record.split(BETWEEN_VALUES);
        const values: Partial<Record<Resource, number>> = {};
        resources.forEach((resource, k) => {
          if (cells[k]) values[resource] = Number(cells[k]);
        });
        return { timeSeconds: Number(time) / 1000, written: Number(written), values };
      }),
  );
}

/** Parses the answer to a query for all columns. */
export function plainRows(rows: readonly QueryRow[]): readonly PointRecordRead[] {
  return rows.map((row) => {
    const values: Partial<Record<Resource, number>> = {};
    for (const resource of RESOURCES) {
      const value = row[resource];
      if (typeof value === 'string') values[resource] = Number(value);
    }
    // Timestream's format is "2026-11-24 17:00:00.000000000".
    const timeSeconds = Date.parse(`${String(row['time']).slice(0, 19).replace(' ', 'T')}Z`) / 1000;
    return { timeSeconds, written: Number(row[WRITTEN]), values };
  });
}
