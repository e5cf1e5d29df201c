import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import type { PointColumns } from '#adapters/time-grid/slot-means.ts';
import type { PointRecordRead } from './packed-points.ts';

/**
 * Records of the table as columns, one point per time: where several records lie at the same time, the value of a
 * resource is the one that was written last.
 * @param records in any order.
 */
export function recordColumns(records: readonly PointRecordRead[]): PointColumns {
  const written = [...records].sort((a, b) => a.written - b.written);
  const times = Float64Array.from(new Set(written.map(({ timeSeconds }) => timeSeconds))).sort();
  const at = new Map(Array.from(times, (time, index) => [time, index]));
  const values = perResource(() => new Float64Array(times.length).fill(NaN));
  for (const record of written) {
    const index = at.get(record.timeSeconds)!;
    for (const resource of RESOURCES) {
      const value = record.values[resource];
      if (value !== undefined) values[resource][index] = value;
    }
  }
  return { times, values };
}
