import { perResource, RESOURCES } from '#core/footprint.ts';
import type { PointColumns } from '#adapters/points/slot-means.ts';
import type { QueryRow } from './query-rows.ts';
import { WRITTEN } from './timestream-table.ts';

/**
 * Rows of the table as columns, one point per time: where several records lie at the same time, the value of a
 * resource is the one that was written last. Columns that the table does not have are resources nobody measured.
 * @param rows in any order, each with `time`, `written` and the measured resources.
 */
export function rowColumns(rows: readonly QueryRow[]): PointColumns {
  const written = [...rows].sort((a, b) => Number(a[WRITTEN]) - Number(b[WRITTEN]));
  const times = Float64Array.from(new Set(written.map(secondsOf))).sort();
  const at = new Map(Array.from(times, (time, index) => [time, index]));
  const values = perResource(() => new Float64Array(times.length).fill(NaN));
  for (const row of written) {
    const index = at.get(secondsOf(row))!;
    for (const resource of RESOURCES) {
      const value = row[resource];
      if (typeof value === 'string') values[resource][index] = Number(value);
    }
  }
  return { times, values };
}

/** Timestream writes "2026-11-24 17:00:00.000000000". */
function secondsOf({ time }: QueryRow): number {
  return Date.parse(`${String(time).slice(0, 19).replace(' ', 'T')}Z`) / 1000;
}
