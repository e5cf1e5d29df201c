import type { DetectorMemory } from './detector-memory.ts';
import { isGross } from './is-gross.ts';

/** Rows that are kept: five hours of five-minute steps. */
export const FIRST_ROWS = 60;

/** Values that are gross more often than this belong to a metric of bursts. */
const MOST_RUNS = 2;

export interface FirstRows {
  keep(row: number, value: number): void;
  /**
   * The first values, without those grossly outside the range of the others (NaN in their places);
   * null if all values are ordinary.
   */
  cleaned(): Float64Array | null;
}

/**
 * The first values of a metric. Nothing tells a gross first value from an ordinary one until others
 * came, so the detector begins anew without the gross ones after FIRST_ROWS rows.
 */
export function createFirstRows(memory: DetectorMemory): FirstRows {
  const values = memory.floats(FIRST_ROWS);
  return {
    keep(row, value) {
      values[row] = value;
    },
    cleaned() {
      const sorted = Float64Array.from(values).sort();
      const middle = (FIRST_ROWS - 1) >> 1;
      let [first, last] = [middle, middle];
      const isOutside = (value: number): boolean =>
        isGross(value, { low: sorted[first], high: sorted[last] });
      while (last + 1 < FIRST_ROWS && !isOutside(sorted[last + 1])) last++;
      while (first > 0 && !isOutside(sorted[first - 1])) first--;
      const cleaned = Float64Array.from(values, (value) => (isOutside(value) ? NaN : value));
      const runs = cleaned.filter(
        (value, k) => Number.isNaN(value) && !Number.isNaN(cleaned[k - 1]),
      );
      return runs.length === 0 || runs.length > MOST_RUNS ? null : cleaned;
    },
  };
}
