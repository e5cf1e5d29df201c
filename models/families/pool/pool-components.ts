import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { WINDOW_SECONDS, type SlidingBox } from './component-layout.ts';
import { similarSpan, type SimilarSpan } from './similar-situations.ts';

const HOUR = 3600;

/** Half widths of the windows around the same time on another day. */
const NARROW_SECONDS = HOUR / 2;
const WIDE_SECONDS = 2 * HOUR;
const EVERY_DAY_SECONDS = HOUR / 6;

/** The components within a history of a given shape. */
export interface PoolComponents {
  /** Number of points of each trailing window; component k is window k. */
  readonly windows: readonly number[];
  readonly boxes: readonly SlidingBox[];
  readonly similar: SimilarSpan | null;
}

/**
 * Windows longer than the context are cut to it. Without a whole season in the context there are no
 * boxes.
 */
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
