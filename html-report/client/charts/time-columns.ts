import type { Columns } from '#html-report/payload/chart-data.ts';

/** Times of the columns' values in milliseconds. */
export function columnTimes(columns: Columns): readonly number[] {
  let step = 0;
  return columns.stepGaps.map((gap) => {
    step += gap;
    return (columns.startSeconds + step * columns.stepSeconds) * 1000;
  });
}

type Point = readonly [number, number | null];

/** A column as points. */
export function columnPoints(columns: Columns, name: string): readonly Point[] {
  const values = columns.values[name] ?? [];
  return columnTimes(columns).map((time, k) => [time, values[k] ?? null]);
}

/** The distance between two columns as points: the upper layer of a stacked band. */
export function distancePoints(columns: Columns, from: string, to: string): readonly Point[] {
  const low = columns.values[from] ?? [];
  const high = columns.values[to] ?? [];
  return columnTimes(columns).map((time, k) => {
    const a = low[k] ?? null;
    const b = high[k] ?? null;
    return [time, a === null || b === null ? null : Math.max(0, b - a)];
  });
}
