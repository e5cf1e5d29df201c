import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import {
  MIXTURE_KNOTS_SECONDS,
  MIXTURE_WEIGHTS,
  MIXTURE_WINDOWS_SECONDS,
} from './mixture-weights.ts';

/**
 * What a forecast is mixed of: a sample of points, the same for every step ahead but for the
 * season's, and their weights at every step of a grid over the horizon.
 */
export interface SamplePlan {
  readonly context: number;
  /** The newest values are in the sample themselves, newest last. */
  readonly recent: number;
  /** Longer trailing windows, in steps; each is in the sample by its quantiles. */
  readonly windows: readonly number[];
  readonly season: number;
  /**
   * Values at the target's time of the season, as steps from it: cycles back, and some steps
   * around. 0 of them: none.
   */
  readonly seasonOffsets: readonly number[];
  /**
   * Points that do not depend on the step: recent values, quantiles of windows, quantiles of
   * everything.
   */
  readonly fixedCount: number;
  /** Steps ahead that are mixed, counted from 1; those between are interpolated. */
  readonly grid: readonly number[];
  /** Row-major [grid × (fixedCount + seasonOffsets)]: whole numbers, exact in float32 too. */
  readonly weights: Float64Array;
  /** Row-major [grid × levels]: cumulated weight at which a quantile is reached. */
  readonly thresholds: Float64Array;
}

/** Quantiles that stand for a window or for all values. */
export const SKETCH_LEVELS: readonly number[] = Array.from(
  { length: 20 },
  (_, k) => (k + 0.5) / 20,
);

/** Windows up to eight hours of five-minute steps are in the sample value by value. */
const MOST_RECENT = 96;
const MOST_CYCLES = 7;

/** Total weight; cumulated sums stay exact in float32. */
const TOTAL_WEIGHT = 2 ** 22;

export function samplePlan(shape: ForecastShape): SamplePlan {
  const { context } = shape;
  const lengths = MIXTURE_WINDOWS_SECONDS.map((seconds) =>
    Math.max(1, Math.round(seconds / shape.stepSeconds)),
  );
  const usable = lengths.filter((length) => length <= context);
  const recent = Math.max(...usable.filter((length) => length <= MOST_RECENT), 1);
  const windows = [...new Set(usable.filter((length) => length > MOST_RECENT))];
  const [season = 0] = seasonSteps(shape);
  const seasonOffsets = offsetsOf(season, context);
  const grid = gridOf(shape);
  const fixedCount = recent + SKETCH_LEVELS.length * (windows.length + 1);
  const layout = { lengths, recent, windows, fixedCount, seasonCount: seasonOffsets.length };
  const rows = grid.map((step) => pointWeights(layout, weightsAt(step * shape.stepSeconds)));
  const weights = Float64Array.from(rows.flatMap((row) => Array.from(row)));
  const thresholds = Float64Array.from(
    rows.flatMap((row) => {
      const total = row.reduce((sum, weight) => sum + weight, 0);
      return shape.levels.map((level) => Math.ceil(level * total));
    }),
  );
  return { context, recent, windows, season, seasonOffsets, fixedCount, grid, weights, thresholds };
}

/**
 * A value an hour apart on either side (of a day in steps) of the same time in every cycle that the
 * context holds.
 */
function offsetsOf(season: number, context: number): number[] {
  const cycles = season === 0 ? 0 : Math.min(MOST_CYCLES, Math.floor(context / season));
  if (cycles < 2) return [];
  const aside = Math.round(season / 48);
  return Array.from({ length: cycles }, (_, k) =>
    [-aside, 0, aside].map((around) => around - (k + 1) * season),
  ).flat();
}

/** Every step at first, then every hour. */
function gridOf({ stepSeconds, horizon }: ForecastShape): number[] {
  const hour = Math.max(1, Math.round(3600 / stepSeconds));
  const first = [1, 2, 3, 6].filter((step) => step < Math.min(hour, horizon));
  const hours = Array.from({ length: Math.floor(horizon / hour) }, (_, k) => (k + 1) * hour);
  return [...new Set([...first, ...hours, horizon])].toSorted((a, b) => a - b);
}

/** Where a step lies on the grid. */
export function gridPlace(grid: readonly number[], step: number) {
  const above = grid.findIndex((entry) => entry >= step);
  if (above <= 0 || grid[above] === step) return { below: above, above, share: 0 };
  const [low, high] = [grid[above - 1], grid[above]];
  return { below: above - 1, above, share: (step - low) / (high - low) };
}

/** The table's weights at a time ahead, interpolated over its logarithm. */
function weightsAt(seconds: number): readonly number[] {
  const knots = MIXTURE_KNOTS_SECONDS;
  const above = knots.findIndex((knot) => knot >= seconds);
  if (above === -1) return MIXTURE_WEIGHTS.at(-1)!;
  const high = MIXTURE_WEIGHTS[above];
  if (above === 0) return high;
  const low = MIXTURE_WEIGHTS[above - 1];
  const span = Math.log(knots[above] / knots[above - 1]);
  const share = Math.log(seconds / knots[above - 1]) / span;
  return high.map((weight, k) => (1 - share) * low[k] + share * weight);
}

interface Layout {
  /** Of all windows of the table. */
  readonly lengths: readonly number[];
  readonly recent: number;
  readonly windows: readonly number[];
  readonly fixedCount: number;
  readonly seasonCount: number;
}

/**
 * Spreads the weights of windows, everything and season over their points. What the context is too
 * short for goes to everything.
 */
function pointWeights(layout: Layout, table: readonly number[]): Float64Array {
  const { lengths, recent, windows, fixedCount, seasonCount } = layout;
  const sketch = SKETCH_LEVELS.length;
  const row = new Float64Array(fixedCount + seasonCount);
  const everything = fixedCount - sketch;
  lengths.forEach((length, k) => {
    const at = windows.indexOf(length);
    if (length <= recent) addTo(row, [recent - length, recent], table[k]);
    else if (at === -1) addTo(row, [everything, fixedCount], table[k]);
    else addTo(row, [recent + at * sketch, recent + (at + 1) * sketch], table[k]);
  });
  addTo(row, [everything, fixedCount], table[lengths.length]);
  const season = seasonCount === 0 ? [everything, fixedCount] : [fixedCount, row.length];
  addTo(row, [season[0], season[1]], table[lengths.length + 1]);
  return row.map((weight) => Math.round(TOTAL_WEIGHT * weight));
}

function addTo(row: Float64Array, [from, to]: readonly [number, number], weight: number): void {
  for (let k = from; k < to; k++) row[k] += weight / (to - from);
}
