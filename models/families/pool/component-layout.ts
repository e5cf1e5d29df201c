const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Trailing windows of the pool in seconds. The first nine are 1, 2, 3, 6, 12, 24, 48, 96 and 144
 * five-minute points.
 */
export const WINDOW_SECONDS: readonly number[] = [
  ...[5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7].map((days) => days * DAY),
];

/**
 * Components of the pool: the windows; yesterday, narrow and wide; a week ago; every day of the
 * context; and the values after similar situations.
 */
export const COMPONENT_COUNT = WINDOW_SECONDS.length + 5;

/** Index of the component of the values after similar situations. */
export const SIMILAR = COMPONENT_COUNT - 1;

/**
 * A range of the history that moves with the step ahead. All of its points have the same weight.
 */
export interface SlidingBox {
  /** Index of the component that it belongs to. */
  readonly component: number;
  /** The box of step h (counted from 1) is centred on history[first + (h − 1) mod period]. */
  readonly first: number;
  readonly period: number;
  readonly halfWidth: number;
}

/**
 * First and last index (inclusive) of a box in the history, for a step ahead counted from 1;
 * limited to the context.
 */
export function boxBounds(box: SlidingBox, step: number, context: number): [number, number] {
  const centre = box.first + ((step - 1) % box.period);
  return [Math.max(0, centre - box.halfWidth), Math.min(context - 1, centre + box.halfWidth)];
}
