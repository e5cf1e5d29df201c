import type { FrontierPoint } from './replay-result.ts';

type Point = Pick<FrontierPoint, 'instanceHours' | 'unservedDemand'>;

/**
 * The least of `y` that a policy reaches at no more than `x`, between its settings on the line
 * between the two (a mix of both in time or over applications gets there). Null where none of its
 * settings is that cheap.
 * @param by which of the two figures is given.
 */
export function leastAt(
  points: readonly Point[],
  by: 'instanceHours' | 'unservedDemand',
  given: number,
): number | null {
  const other = by === 'instanceHours' ? 'unservedDemand' : 'instanceHours';
  const sorted = points
    .filter((point) => !points.some((baseline) => dominates(baseline, point)))
    .sort((a, b) => a[by] - b[by]);
  let least: number | null = null;
  const offer = (value: number) => (least = Math.min(least ?? Infinity, value));
  sorted.forEach((point, k) => {
    if (point[by] <= given) offer(point[other]);
    const before = sorted[k - 1];
    if (before === undefined || before[by] > given || point[by] <= given) return;
    const share = (given - before[by]) / (point[by] - before[by]);
    offer(before[other] + share * (point[other] - before[other]));
  });
  return least;
}

/** At most as dear and at most as short, and better in one of the two. */
function dominates(a: Point, b: Point): boolean {
  const noWorse = a.instanceHours <= b.instanceHours && a.unservedDemand <= b.unservedDemand;
  return noWorse && (a.instanceHours < b.instanceHours || a.unservedDemand < b.unservedDemand);
}

/** A competitor's setting and what the other policy leaves unserved at the same cost. */
export interface ComparedPoint {
  readonly point: FrontierPoint;
  /** Null where the other policy has no setting as cheap. */
  readonly unservedThere: number | null;
}

/**
 * Every point of a competitor that costs between `from` and `to` instance-hours, beside ours at the
 * same cost.
 */
export function comparedPoints(
  ours: readonly Point[],
  theirs: readonly FrontierPoint[],
  { from, to }: { readonly from: number; readonly to: number },
): ComparedPoint[] {
  return theirs
    .filter(({ instanceHours }) => instanceHours >= from && instanceHours <= to)
    .map((point) => ({
      point,
      unservedThere: leastAt(ours, 'instanceHours', point.instanceHours),
    }));
}
