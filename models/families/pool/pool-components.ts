import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { similarSpan, type SimilarSpan } from './similar-situations.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Trailing windows of the pool in seconds; the first nine are 1, 2, 3, 6, 12, 24, 48, 96 and 144 five-minute points. */
const WINDOW_SECONDS: readonly number[] = [
  ...[5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7].map((days) => days * DAY),
];

/** Half widths of what counts as the same time of another day. */
const NARROW_SECONDS = HOUR / 2;
const WIDE_SECONDS = 2 * HOUR;
const EVERY_DAY_SECONDS = HOUR / 6;

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

/** The components as they lie in a history of a given shape. */
export interface PoolComponents {
  /** Points of each trailing window; component k is window k. */
  readonly windows: readonly number[];
  readonly boxes: readonly SlidingBox[];
  readonly similar: SimilarSpan | null;
}

/** Windows longer than the context are cut to it; without a whole season in the context there are no boxes. */
export function poolComponents(shape: ForecastShape): PoolComponents {
  const { context, stepSeconds } = shape;
  const steps = (seconds: number): number => Math.round(seconds / stepSeconds);
  const windows = WINDOW_SECONDS.map((seconds) => Math.min(context, Math.max(1, steps(seconds))));
  const [day, week] = seasonSteps(shape).filter((length) => length <= context);
  const similar = similarSpan(shape);
  if (day === undefined) return { windows, boxes: [], similar };
  const box = (kind: number, lag: number, seconds: number, period = day): SlidingBox => ({
    component: windows.length + kind,
    first: context - lag,
    period,
    halfWidth: steps(seconds),
  });
  const days = Array.from({ length: Math.floor(context / day) }, (_, k) => (k + 1) * day);
  return {
    windows,
    similar,
    boxes: [
      box(0, day, NARROW_SECONDS),
      box(1, day, WIDE_SECONDS),
      ...(week === undefined ? [] : [box(2, week, NARROW_SECONDS, week)]),
      ...days.map((lag) => box(3, lag, EVERY_DAY_SECONDS)),
    ],
  };
}

/** First and last history index (inclusive) of a box at a step ahead, counted from 1; cut to the context. */
export function boxBounds(box: SlidingBox, step: number, context: number): [number, number] {
  const centre = box.first + ((step - 1) % box.period);
  return [Math.max(0, centre - box.halfWidth), Math.min(context - 1, centre + box.halfWidth)];
}
