import { nelderMead } from '#models/optimise/nelder-mead.ts';
import type { EtsForm } from './ets-form.ts';
import type { EtsRun } from './ets-likelihood.ts';
import { etsLikelihood } from './ets-likelihood.ts';
import { searchSmoothly } from './search-smoothly.ts';
import type { EtsStart } from './ets-start.ts';
import { etsStart } from './ets-start.ts';

/** A model fitted to a series. */
export interface EtsFit {
  readonly form: EtsForm;
  /** With the fitted parameters and the states after the last value. */
  readonly run: EtsRun;
  /** Number of values. */
  readonly steps: number;
  readonly logLikelihood: number;
  /** Akaike's criterion, corrected for short series; Infinity if there are too few values for the form. */
  readonly aicc: number;
}

/**
 * How the likelihood is searched: `smooth` follows exact derivatives to the maximum; `simplex` walks, and stops, as
 * statsforecast does, which with two dozen initial states is far from the maximum.
 */
export type EtsSearch = 'smooth' | 'simplex';

export interface EtsProblem {
  readonly values: Float64Array;
  readonly period: number;
  readonly form: EtsForm;
  /** Upper bound of the trend's gain in a simplex search. */
  readonly mostBeta: number;
  readonly search: EtsSearch;
}

/** Gains are kept from 0 and 1, the damping from values that are no trend or no damping. */
const LEAST_GAIN = 1e-4;
const MOST_GAIN = 0.9999;
const LEAST_DAMPING = 0.8;
const MOST_DAMPING = 0.98;

const TOLERANCE = 1e-4;
const ITERATIONS = 1000;

/** First guess of the level's gain: smaller for a long season, whose states move with the same errors. */
export const firstAlpha = (period: number): number =>
  LEAST_GAIN + (0.2 * (MOST_GAIN - LEAST_GAIN)) / period;

/** Where each parameter stands in the search's point; −1 if the form has none. */
interface Layout {
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly level: number;
  readonly trend: number;
  readonly season: number;
  readonly size: number;
}

/**
 * Maximum likelihood over gains, damping and initial states (Hyndman et al. 2008, chapter 5). The gains are bounded by 0
 * and 1, the trend's gain by `mostBeta`, the season's by what the level's first guess leaves.
 */
export function fitEts(problem: EtsProblem): EtsFit {
  const { values, form } = problem;
  const period = form.season === 'N' ? 1 : problem.period;
  const start = etsStart(values, problem.period, form);
  const layout = layoutOf(form, period);
  const run = newRun(form, period);
  const tooShort = layout.size >= values.length - 1;
  const value =
    problem.search === 'smooth' && !tooShort
      ? searchSmoothly({ values, run, start })
      : searchSimplex({ problem, start, layout, period }, run, tooShort);
  // The search leaves the parameters and the states before the first value: run once more to the last.
  etsLikelihood(values, run);
  const parameters = layout.size + 1;
  const spare = values.length - parameters - 1;
  const correction = spare > 0 ? (2 * parameters * (parameters + 1)) / spare : Infinity;
  const aicc = tooShort ? Infinity : value + 2 * parameters + correction;
  return { form, run, steps: values.length, logLikelihood: -0.5 * value, aicc };
}

function searchSimplex(parts: SearchParts, run: EtsRun, tooShort: boolean): number {
  const { problem, layout } = parts;
  const objective = (point: Float64Array): number => {
    load(point, layout, run);
    if (run.form.season === 'M' && run.season.some((state) => state < 0)) return Infinity;
    const value = etsLikelihood(problem.values, run);
    return Number.isNaN(value) ? Infinity : value;
  };
  const search = searchOf(parts);
  const point = tooShort ? search.start : nelderMead({ ...search, objective }).point;
  const value = objective(point);
  load(point, layout, run);
  return value;
}

function layoutOf(form: EtsForm, period: number): Layout {
  let size = 1;
  const place = (present: boolean, count = 1): number => {
    if (!present) return -1;
    size += count;
    return size - count;
  };
  const trending = form.trend === 'A';
  const seasonal = form.season !== 'N';
  const beta = place(trending);
  const gamma = place(seasonal);
  const phi = place(form.damped);
  const level = place(true);
  const trend = place(trending);
  const season = place(seasonal, period - 1);
  return { beta, gamma, phi, level, trend, season, size };
}

export function newRun(form: EtsForm, period: number): EtsRun {
  const season = new Float64Array(period);
  return { form, period, alpha: 0, beta: 0, gamma: 0, phi: 1, level: 0, trend: 0, season };
}

interface SearchParts {
  readonly problem: EtsProblem;
  readonly start: EtsStart;
  readonly layout: Layout;
  readonly period: number;
}

function searchOf({ problem, start, layout, period }: SearchParts) {
  const { mostBeta } = problem;
  const point = new Float64Array(layout.size);
  const lower = new Float64Array(layout.size).fill(-Infinity);
  const upper = new Float64Array(layout.size).fill(Infinity);
  const put = (at: number, value: number, bounds: readonly [number, number]): void => {
    if (at < 0) return;
    point[at] = value;
    [lower[at], upper[at]] = bounds;
  };
  const alpha = firstAlpha(period);
  const beta = LEAST_GAIN + 0.1 * (mostBeta - LEAST_GAIN);
  const mostGamma = Math.min(MOST_GAIN, 1 - alpha);
  put(0, alpha, [LEAST_GAIN, MOST_GAIN]);
  put(layout.beta, Math.min(beta, alpha), [LEAST_GAIN, mostBeta]);
  put(layout.gamma, LEAST_GAIN + 0.05 * (mostGamma - LEAST_GAIN), [LEAST_GAIN, mostGamma]);
  const phi = LEAST_DAMPING + 0.99 * (MOST_DAMPING - LEAST_DAMPING);
  put(layout.phi, phi, [LEAST_DAMPING, MOST_DAMPING]);
  point[layout.level] = start.level;
  if (layout.trend >= 0) point[layout.trend] = start.trend;
  if (layout.season >= 0) point.set(start.season.subarray(1), layout.season);
  return { start: point, lower, upper, tolerance: TOLERANCE, iterations: ITERATIONS };
}

/** Puts parameters and initial states into the run. */
function load(point: Float64Array, layout: Layout, run: EtsRun): void {
  const { season, period, form } = run;
  run.alpha = point[0]!;
  run.beta = layout.beta < 0 ? 0 : point[layout.beta]!;
  run.gamma = layout.gamma < 0 ? 0 : point[layout.gamma]!;
  run.phi = layout.phi < 0 ? 1 : point[layout.phi]!;
  run.level = point[layout.level]!;
  run.trend = layout.trend < 0 ? 0 : point[layout.trend]!;
  if (layout.season < 0) return;
  let sum = 0;
  for (let phase = 1; phase < period; phase++) {
    const state = point[layout.season + phase - 1]!;
    season[phase] = state;
    sum += state;
  }
  season[0] = (form.season === 'M' ? period : 0) - sum;
}
