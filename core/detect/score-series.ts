import { createBlendedForecast } from './blended-forecast.ts';
import type { BlendedForecast } from './blended-forecast.ts';
import { createStepEstimate } from './step-estimate.ts';
import { createTailSketch, DEEP_SURPRISE } from './tail-sketch.ts';

const DAY = 24 * 3600;
/** Rows before anything is strange. */
const WARM_UP_ROWS = 100;
/** Tails are remembered for two weeks, the scale of the residual for a day and a half. */
const TAIL_DAYS = 14;
const TAIL_LEAST_ROWS = 1000;
const SCALE_DAYS = 1.4;
const SCALE_LEAST_ROWS = 100;
/** The scale is at least this share of the largest value seen: no residual is infinitely many of them. */
const SMALLEST_RELATIVE_SCALE = 1e-3;
/** The second view is the mean of the residual over about this many rows, each clipped to so many scales. */
const SMOOTH_ROWS = 20;
const CLIP = 4;
/** Weights of the views: persistent deviations say more than single points. */
const POINT_WEIGHT = 0.25;
const SMOOTH_WEIGHT = 2;
const LARGEST_VIEW = 12;
/** Range rule: 1 for any new extreme, more by the logarithm of how far beyond, in 3 % of the range. */
const RANGE_UNIT = 0.03;
const LARGEST_RANGE_SCORE = 6;
/** One episode is one alarm: within so many rows only a clearly stranger point is reported again. */
const EPISODE_ROWS = 60;
const STRANGER = 1.2;
/** The interval holds this share of the past's residuals. */
const OUTSIDE_SHARE = 0.01;

export interface ScoredPoint {
  /** Severity ≥ 0; 0 unless the point begins or surpasses an episode. */
  readonly score: number;
  /** Where 99 % of the values were expected, in the unit of the series; NaN before the first value. */
  readonly lower: number;
  readonly upper: number;
}

export interface SeriesScorer {
  /** Scores the next row from the rows before it, then learns from it. A value that is not finite scores 0. */
  score(atSeconds: number, value: number): ScoredPoint;
}

/**
 * Anomaly score of a plain series in one pass, seeing only the past, in a few kilobytes whatever its length. The score
 * sums how far three views lie beyond what the last two weeks make probable: the residual of a one-step forecast, its
 * mean over about 20 rows, and the range of all values so far. Time stamps may repeat or jump.
 *
 * Constants were chosen on the Numenta half of the shared data; around them its score moves between 66 and 73.
 */
export function createSeriesScorer(): SeriesScorer {
  const stepSeconds = createStepEstimate();
  const views = createResidualViews();
  const range = createRangeRule();
  const episode = createEpisodeRule();
  let forecast: BlendedForecast | null = null;
  let rows = 0;
  return {
    score(atSeconds, value) {
      const rowsPerDay = DAY / stepSeconds(atSeconds);
      if (!Number.isFinite(value))
        return { score: 0, ...views.interval(forecast?.predict(atSeconds) ?? NaN) };
      forecast ??= createBlendedForecast(atSeconds, value);
      const expected = forecast.predict(atSeconds);
      const interval = views.interval(expected);
      const raw =
        views.step(value - expected, { rowsPerDay, largest: range.largest() }) + range.step(value);
      forecast.learn(value, rowsPerDay);
      const score = episode(rows < WARM_UP_ROWS ? 0 : raw);
      rows++;
      return { score, ...interval };
    },
  };
}

interface ResidualViews {
  interval(expected: number): { readonly lower: number; readonly upper: number };
  /** Scores a residual, then learns it. */
  step(
    residual: number,
    context: { readonly rowsPerDay: number; readonly largest: number },
  ): number;
}

function createResidualViews(): ResidualViews {
  const [points, means] = [createTailSketch(), createTailSketch()];
  let [rows, scale, mean] = [0, 0, 0];
  const beyond = (surprise: number): number =>
    Math.min(LARGEST_VIEW, Math.max(0, surprise - DEEP_SURPRISE));
  return {
    interval(expected) {
      const half = scale * points.exceededBy(OUTSIDE_SHARE);
      return { lower: expected - half, upper: expected + half };
    },
    step(residual, { rowsPerDay, largest }) {
      const unit = Math.max(scale, SMALLEST_RELATIVE_SCALE * largest, Number.MIN_VALUE);
      const scaled = Math.min(1e9, Math.abs(residual) / unit);
      const clipped = Math.sign(residual) * Math.min(CLIP, scaled);
      mean += (clipped - mean) / Math.min(rows + 1, SMOOTH_ROWS);
      const score =
        POINT_WEIGHT * beyond(points.surprise(scaled)) +
        SMOOTH_WEIGHT * beyond(means.surprise(Math.abs(mean)));
      const memory = Math.max(TAIL_LEAST_ROWS, TAIL_DAYS * rowsPerDay);
      points.learn(scaled, memory);
      means.learn(Math.abs(mean), memory);
      const scaleRows = Math.max(SCALE_LEAST_ROWS, SCALE_DAYS * rowsPerDay);
      scale += (Math.abs(residual) - scale) / Math.min(rows + 1, scaleRows);
      rows++;
      return score;
    },
  };
}

interface RangeRule {
  /** Largest absolute value so far. */
  largest(): number;
  /** Scores how far a value lies beyond all before it, then learns it. */
  step(value: number): number;
}

function createRangeRule(): RangeRule {
  let [low, high] = [Infinity, -Infinity];
  const largest = (): number => (high < low ? 0 : Math.max(Math.abs(low), Math.abs(high)));
  return {
    largest,
    step(value) {
      const span = Math.max(high - low, SMALLEST_RELATIVE_SCALE * largest(), Number.MIN_VALUE);
      const beyond = Math.max(value - high, low - value) / span;
      const first = high < low;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
      if (first || beyond <= 0) return 0;
      return Math.min(LARGEST_RANGE_SCORE, 1 + Math.log2(1 + beyond / RANGE_UNIT));
    },
  };
}

/** Passes on the score that begins an episode and those that surpass it; all others become 0. */
function createEpisodeRule(): (score: number) => number {
  let [held, age] = [0, 0];
  return (score) => {
    age++;
    if (age > EPISODE_ROWS) held = 0;
    if (score <= STRANGER * held) return 0;
    [held, age] = [score, 0];
    return score;
  };
}
