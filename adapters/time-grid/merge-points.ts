import {
  perResource,
  RESOURCES,
  type Footprint,
  type FootprintPoint,
} from '#core/domain/footprint.ts';

/**
 * Normalizes the points of HistoryStore.append: one point per time, in the order of time. A later
 * point replaces the values that it measured. Points without a measurement are omitted.
 * @throws RangeError if a time is not a whole number of seconds, or a value is negative or not
 * finite.
 */
export function mergePoints(points: readonly FootprintPoint[]): readonly FootprintPoint[] {
  for (const point of points) requireUsable(point);
  const measured = points.filter(({ footprint }) => RESOURCES.some((r) => footprint[r] !== null));
  if (isStrictlyIncreasing(measured)) return measured;
  const byTime = new Map<number, Footprint>();
  for (const { timestampSeconds, footprint } of measured) {
    const earlier = byTime.get(timestampSeconds);
    byTime.set(timestampSeconds, earlier ? overlay(earlier, footprint) : footprint);
  }
  return [...byTime]
    .map(([timestampSeconds, footprint]) => ({ timestampSeconds, footprint }))
    .sort((a, b) => a.timestampSeconds - b.timestampSeconds);
}

/** The later value of each resource if it was measured, the earlier one otherwise. */
function overlay(earlier: Footprint, later: Footprint): Footprint {
  return perResource((resource) => later[resource] ?? earlier[resource]);
}

function requireUsable({ timestampSeconds, footprint }: FootprintPoint): void {
  if (!Number.isSafeInteger(timestampSeconds)) {
    throw new RangeError(`time of a point must be whole Unix seconds, not ${timestampSeconds}`);
  }
  for (const resource of RESOURCES) {
    const value = footprint[resource];
    if (value !== null && !(value >= 0 && value < Infinity)) {
      throw new RangeError(`${resource} must be finite and not negative, not ${value}`);
    }
  }
}

function isStrictlyIncreasing(points: readonly FootprintPoint[]): boolean {
  for (let i = 1; i < points.length; i++) {
    if (points[i].timestampSeconds <= points[i - 1].timestampSeconds) return false;
  }
  return true;
}
