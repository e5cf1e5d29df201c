import { seasonalComponent } from '#models/decompose/classical-decomposition.ts';
import { straightLine } from '#models/decompose/straight-line.ts';
import type { EtsForm } from './ets-form.ts';
import { seasonOfShortSeries } from './short-season.ts';

/** First guesses of the initial states. */
export interface EtsStart {
  readonly level: number;
  readonly trend: number;
  /** By phase, [0] without a season. */
  readonly season: Float64Array;
}

/** Seasonal factors are kept above this: a season may not switch a series off. */
const LEAST_FACTOR = 0.01;

/** With fewer periods than this a season is guessed from a straight line and one harmonic. */
const PERIODS_TO_DECOMPOSE = 3;

/**
 * Initial states as Hyndman et al. (2008, section 2.6.1) guess them: seasonal states from a classical decomposition, level
 * and trend from a line through the first two seasons (at least ten values) of what the season leaves.
 */
export function etsStart(values: Float64Array, period: number, form: EtsForm): EtsStart {
  const seasonal = form.season !== 'N';
  const season = seasonal ? firstSeason(values, period, form.season === 'M') : null;
  const used = Math.min(Math.max(10, seasonal ? 2 * period : 2), values.length);
  const adjusted = Float64Array.from({ length: used }, (_, t) => {
    if (season === null) return values[t]!;
    const state = season[t % season.length]!;
    return form.season === 'M' ? values[t]! / Math.max(LEAST_FACTOR, state) : values[t]! - state;
  });
  const states = season === null ? new Float64Array(1) : normalised(season, period, form.season);
  if (form.trend === 'N') {
    const level = adjusted.reduce((sum, value) => sum + value, 0) / used;
    return { level, trend: 0, season: states };
  }
  const { intercept: level, slope: trend } = straightLine(adjusted);
  // A model with relative errors must not start by expecting zero.
  const collides = Math.abs(level + trend) < 1e-8;
  return {
    level: collides ? level * (1 + 1e-3) : level,
    trend: collides ? trend * (1 - 1e-3) : trend,
    season: states,
  };
}

function firstSeason(values: Float64Array, period: number, multiplicative: boolean): Float64Array {
  return values.length < PERIODS_TO_DECOMPOSE * period
    ? seasonOfShortSeries(values, period, multiplicative)
    : seasonalComponent(values, period, multiplicative ? 'multiplicative' : 'additive');
}

/**
 * States by phase whose first is what the others leave of the total (0, or the period for factors), as the search moves
 * only the others. Factors that would leave too little are scaled down.
 */
function normalised(
  component: Float64Array,
  period: number,
  season: EtsForm['season'],
): Float64Array {
  const others = Float64Array.from({ length: period - 1 }, (_, k) => component[k + 1]!);
  const sum = (list: Float64Array) => list.reduce((total, value) => total + value, 0);
  let free = others;
  if (season === 'M') {
    free = others.map((value) => Math.max(LEAST_FACTOR, value));
    const total = sum(free);
    if (total > period) {
      const unit = free.reduce((all, value) => all + value + LEAST_FACTOR, 0);
      free = free.map((value) => value / unit);
    }
  }
  const states = new Float64Array(period);
  states.set(free, 1);
  states[0] = (season === 'M' ? period : 0) - sum(free);
  return states;
}
