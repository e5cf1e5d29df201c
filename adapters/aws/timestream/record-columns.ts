import type { PointColumns } from '#adapters/time-grid/slot-means.ts';
import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import type { PointRecordRead } from './packed-points.ts';

/**
 * Converts records to columns, one point per time. If several records have the same time, the value
 * of a resource that was written last counts.
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
