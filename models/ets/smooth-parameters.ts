import type { EtsSlopes } from './ets-gradient.ts';
import type { EtsRun } from './ets-likelihood.ts';
import type { EtsStart } from './ets-start.ts';

/** Gains lie between these; the trend's below the level's, the season's below what the level's leaves. */
const LEAST_GAIN = 1e-4;
const MOST_GAIN = 0.9999;
const RANGE = 1 - LEAST_GAIN;
const LEAST_DAMPING = 0.8;
const MOST_DAMPING = 0.98;

/** A factor of the season moves by this, a level by the values' deviation, a trend by a tenth of it. */
const FACTOR_UNIT = 0.1;
const TREND_SHARE = 0.1;

/** Where the variables stand in a search's point: four of the parameters, then level, trend and season. */
const LEVEL = 4;
const TREND = 5;
const SEASON = 6;

/** What one variable is in the model's units. */
export interface SmoothUnits {
  readonly level: number;
  readonly season: number;
}

/** Parameters where a search begins, on the logistic scale. */
export type FirstParameters = readonly [alpha: number, beta: number, gamma: number, phi: number];

export function unitsOf(values: Float64Array, run: EtsRun): SmoothUnits {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const level = Math.sqrt(squares / values.length) || 1;
  return { level, season: run.form.season === 'M' ? FACTOR_UNIT : level };
}

/** The point of given parameters and states. */
export function firstPoint(
  run: EtsRun,
  units: SmoothUnits,
  { start, first }: { readonly start: EtsStart; readonly first: FirstParameters },
): Float64Array {
  const free = run.form.season === 'N' ? 0 : run.period - 1;
  const point = new Float64Array(SEASON + free);
  point.set(first);
  point[LEVEL] = start.level / units.level;
  point[TREND] = start.trend / (TREND_SHARE * units.level);
  for (let k = 0; k < free; k++) point[SEASON + k] = start.season[k + 1]! / units.season;
  return point;
}

/**
 * Puts the parameters and initial states of a point into the run.
 * @returns false where a factor of the season is not positive.
 */
export function loadPoint(point: Float64Array, run: EtsRun, units: SmoothUnits): boolean {
  const { form, season, period } = run;
  const seasonal = form.season !== 'N';
  const trending = form.trend === 'A';
  const alpha = LEAST_GAIN + (MOST_GAIN - LEAST_GAIN) * logistic(point[0]!);
  run.alpha = alpha;
  run.beta = trending ? LEAST_GAIN + (alpha - LEAST_GAIN) * logistic(point[1]!) : 0;
  run.gamma = seasonal ? LEAST_GAIN + (1 - alpha) * RANGE * logistic(point[2]!) : 0;
  run.phi = form.damped ? LEAST_DAMPING + (MOST_DAMPING - LEAST_DAMPING) * logistic(point[3]!) : 1;
  run.level = point[LEVEL]! * units.level;
  run.trend = trending ? point[TREND]! * TREND_SHARE * units.level : 0;
  if (!seasonal) {
    season[0] = 0;
    return true;
  }
  let sum = 0;
  let positive = true;
  for (let k = 1; k < period; k++) {
    const state = point[SEASON + k - 1]! * units.season;
    season[k] = state;
    sum += state;
    if (state <= 0) positive = false;
  }
  season[0] = (form.season === 'M' ? period : 0) - sum;
  return form.season !== 'M' || (positive && season[0] > 0);
}

/** The parameters of a run, as loadPoint left them. */
export type Parameters = Pick<EtsRun, 'alpha' | 'beta' | 'gamma' | 'phi'>;

/** Derivatives by the variables of the point from those by parameters and states. */
export function chainRule(
  gradient: Float64Array,
  run: Pick<EtsRun, 'form' | 'period'> & Parameters,
  { slopes, units }: { readonly slopes: EtsSlopes; readonly units: SmoothUnits },
): void {
  const { form, period, alpha, beta, gamma, phi } = run;
  const seasonal = form.season !== 'N';
  const trending = form.trend === 'A';
  gradient.fill(0);
  let byAlpha = slopes.alpha;
  // The level's gain bounds the others: they move with it.
  if (trending) byAlpha += (slopes.beta * (beta - LEAST_GAIN)) / (alpha - LEAST_GAIN);
  if (seasonal) byAlpha -= (slopes.gamma * (gamma - LEAST_GAIN)) / (1 - alpha);
  gradient[0] = byAlpha * slopeOf(alpha, LEAST_GAIN, MOST_GAIN);
  if (trending) gradient[1] = slopes.beta * slopeOf(beta, LEAST_GAIN, alpha);
  if (seasonal) {
    gradient[2] = slopes.gamma * slopeOf(gamma, LEAST_GAIN, LEAST_GAIN + (1 - alpha) * RANGE);
  }
  if (form.damped) gradient[3] = slopes.phi * slopeOf(phi, LEAST_DAMPING, MOST_DAMPING);
  gradient[LEVEL] = slopes.level * units.level;
  if (trending) gradient[TREND] = slopes.trend * TREND_SHARE * units.level;
  if (!seasonal) return;
  for (let k = 1; k < period; k++) {
    gradient[SEASON + k - 1] = (slopes.season[k]! - slopes.season[0]!) * units.season;
  }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Derivative of low + (high − low) · logistic(x), written with its value. */
const slopeOf = (value: number, low: number, high: number): number =>
  high > low ? ((value - low) * (high - value)) / (high - low) : 0;
