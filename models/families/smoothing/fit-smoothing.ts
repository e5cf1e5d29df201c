import type { SmoothingParameters } from './smoothing-filter.ts';

/** What the search chooses. */
export interface SmoothingChoice {
  readonly parameters: SmoothingParameters;
  /** Share in [0, 1] of each season's states that is used: shrinks seasons that do not repeat. */
  readonly shares: readonly number[];
}

export interface SmoothingProblem {
  readonly values: Float64Array;
  /** Seasonal forecasts one cycle ahead, one array per season. */
  readonly priors: readonly Float64Array[];
  /** Forecast steps whose absolute errors are summed. */
  readonly horizons: readonly number[];
  /** First value that counts: the seasons have been seen once. */
  readonly start: number;
  /** Steps of one season, the unit of the level's memory. */
  readonly seasonSteps: number;
}

/**
 * Half-lives of the level in seasons: from "everything" to a few hours of a day; 1/288 of a day is
 * one step of five minutes.
 */
const LEVEL_HALF_LIVES = [7, 3, 1, 1 / 3, 1 / 12, 1 / 48, 1 / 288];
const AUTOCORRELATIONS = [0, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99];
const SHARES = [0, 0.3, 0.6, 1];
/** Half-lives of the trend's memory in multiples of the level's; Infinity is no trend. */
const TREND_MULTIPLES = [Infinity, 16, 4];

/** One coordinate of the search: its values and the one chosen so far. */
interface Coordinate {
  readonly values: readonly number[];
  chosen: number;
}

/**
 * Chooses parameters by the least sum of absolute multi-step errors, one coordinate after the
 * other, twice over a coarse grid: the loss is flat near its minimum, so a finer search gains
 * nothing out of sample.
 */
export function fitSmoothing(problem: SmoothingProblem): SmoothingChoice {
  const level: Coordinate = { values: LEVEL_HALF_LIVES, chosen: 1 };
  const rest: Coordinate = { values: AUTOCORRELATIONS, chosen: 0.85 };
  const trend: Coordinate = { values: TREND_MULTIPLES, chosen: Infinity };
  const shares = problem.priors.map((): Coordinate => ({ values: SHARES, chosen: 0.6 }));
  const current = (): SmoothingChoice => ({
    parameters: toParameters(problem.seasonSteps, [level.chosen, rest.chosen, trend.chosen]),
    shares: shares.map((share) => share.chosen),
  });
  const work = { rest: new Float64Array(problem.values.length) };
  let best = multiStepError(problem, current(), work.rest);
  for (const coordinate of [...shares, level, rest, ...shares, level, rest, trend]) {
    const before = coordinate.chosen;
    let chosen = before;
    for (const value of coordinate.values) {
      if (value === before) continue;
      coordinate.chosen = value;
      const error = multiStepError(problem, current(), work.rest);
      if (error < best) [best, chosen] = [error, value];
    }
    coordinate.chosen = chosen;
  }
  return current();
}

function toParameters(
  seasonSteps: number,
  [halfLife, autocorrelation, trendMultiple]: readonly [number, number, number],
): SmoothingParameters {
  const memory = Math.max(1, halfLife * seasonSteps);
  const levelGain = 1 - 0.5 ** (1 / memory);
  const trendGain =
    trendMultiple === Infinity ? 0 : levelGain * (1 - 0.5 ** (1 / (trendMultiple * memory)));
  // The trend fades with a half-life of one season: growth of weeks is the level's business.
  return { levelGain, trendGain, damping: 0.5 ** (1 / seasonSteps), autocorrelation };
}

/** Every 5th origin tells as much as all of them: neighbours share most of their horizon. */
const ORIGIN_STRIDE = 5;

/**
 * Sum of absolute errors of forecasts made at every 5th value from `start` on, over the horizons of
 * the problem.
 * @param x scratch space as long as the values.
 */
function multiStepError(
  problem: SmoothingProblem,
  choice: SmoothingChoice,
  x: Float64Array,
): number {
  const { values, horizons, start, seasonSteps } = problem;
  const { levelGain, trendGain, damping, autocorrelation } = choice.parameters;
  deseasonalise(problem, choice.shares, x);
  const steps = horizons.map((h) => {
    const trend = damping === 1 ? h : (damping * (1 - damping ** h)) / (1 - damping);
    return { h, trend, rest: autocorrelation ** h };
  });
  let level = mean(x, Math.min(seasonSteps, x.length));
  let trend = 0;
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    const error = x[t] - level - damping * trend;
    level += damping * trend + levelGain * error;
    trend = damping * trend + trendGain * error;
    if (t < start || t % ORIGIN_STRIDE !== 0) continue;
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k];
      const at = t + step.h;
      if (at >= x.length) break;
      sum += Math.abs(x[at] - level - step.trend * trend - step.rest * (x[t] - level));
    }
  }
  return sum;
}

function deseasonalise(
  problem: SmoothingProblem,
  shares: readonly number[],
  x: Float64Array,
): void {
  x.set(problem.values);
  problem.priors.forEach((prior, season) => {
    const share = shares[season];
    if (share === 0) return;
    for (let t = 0; t < x.length; t++) x[t] -= share * prior[t];
  });
}

function mean(values: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k];
  return sum / count;
}
