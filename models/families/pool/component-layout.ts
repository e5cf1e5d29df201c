const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Trailing windows of the pool in seconds; the first nine are 1, 2, 3, 6, 12, 24, 48, 96 and 144 five-minute points. */
export const WINDOW_SECONDS: readonly number[] = [
  ...[5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7].map((days) => days * DAY),
];

/**
 * Components of the pool: the windows, then yesterday narrow and wide, a week ago, every day of the context, and what followed
 * similar situations.
 */
export const COMPONENT_COUNT = WINDOW_SECONDS.length + 5;

/** Index of what followed similar situations. */
export const SIMILAR = COMPONENT_COUNT - 1;

/** A stretch of the history that slides along with the step ahead; all points of it carry the same weight. */
export interface SlidingBox {
  /** Index of the component it belongs to. */
  readonly component: number;
  /** The box of step h (counted from 1) is centred on history[first + (h − 1) mod period]. */
  readonly first: number;
  readonly period: number;
  readonly halfWidth: number;
}

/** First and last history index (inclusive) of a box at a step ahead, counted from 1; cut to the context. */
export function boxBounds(box: SlidingBox, step: number, context: number): [number, number] {
  const centre = box.first + ((step - 1) % box.period);
  return [Math.max(0, centre - box.halfWidth), Math.min(context - 1, centre + box.halfWidth)];
}
