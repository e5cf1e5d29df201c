/** A step in which use ended at the capacity: what it demanded is judged by what came after. */
export interface WaitingStep {
  /** What every behaviour would have held, and target tracking at the end. */
  readonly held: readonly number[];
  readonly inService: number;
  /** Use in instances as it was estimated at the time, see `demandBehind`. */
  readonly used: number;
  /** The part of it that was measured. */
  readonly certain: number;
}

/** For so many steps the end of a saturation is awaited; then the estimates count. */
export const MOST_WAITING = 4;

/**
 * What waiting steps demanded, in instances: on the line between the uses before and after them, at
 * least what was measured and at most what was estimated at the time.
 * @param before the last use that did not end at the capacity; null where there was none.
 * @param after the first one after them; null where the estimates have to do.
 */
export function demandOfWaiting(
  waiting: readonly WaitingStep[],
  before: number | null,
  after: number | null,
): readonly number[] {
  return waiting.map(({ used, certain }, k) => {
    if (after === null) return used;
    const from = before ?? after;
    const onLine = from + ((after - from) * (k + 1)) / (waiting.length + 1);
    return Math.max(certain, Math.min(used, onLine));
  });
}
