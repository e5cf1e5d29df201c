import type { EtsRun } from './ets-likelihood.ts';

/** What a run leaves behind for the way back, one entry per step: the states before the step, and its error. */
export interface EtsTape {
  readonly level: Float64Array;
  readonly trend: Float64Array;
  readonly season: Float64Array;
  readonly error: Float64Array;
}

/** Derivatives of the likelihood by the parameters and the initial states. */
export interface EtsSlopes {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
  level: number;
  trend: number;
  readonly season: Float64Array;
}

export function newTape(steps: number): EtsTape {
  const list = (): Float64Array => new Float64Array(steps);
  return { level: list(), trend: list(), season: list(), error: list() };
}

/**
 * The same value as etsLikelihood, up to rounding, and its derivatives by going through the recursion backwards once
 * (reverse accumulation: Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 3): their cost does not grow with
 * the number of initial states.
 * @returns NaN where a forecast is zero and errors are relative.
 */
export function etsGradient(
  values: Float64Array,
  run: EtsRun,
  tape: EtsTape,
  slopes: EtsSlopes,
): number {
  const { squares, logs } = forward(values, run, tape);
  backward({ values, run, tape, slopes }, (2 * values.length) / squares);
  return values.length * Math.log(squares) + 2 * logs;
}

function forward(values: Float64Array, run: EtsRun, tape: EtsTape) {
  const { alpha, beta, gamma, phi, season, period, form } = run;
  const relative = form.error === 'M';
  const product = form.season === 'M';
  const damping = form.trend === 'A' ? phi : 0;
  let { level, trend } = run;
  let [squares, logs, phase] = [0, 0, 0];
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    const state = season[phase]!;
    tape.level[t] = level;
    tape.trend[t] = trend;
    tape.season[t] = state;
    const grown = damping * trend;
    const before = level + grown;
    const expected = product ? before * state : before + state;
    const error = relative ? (value - expected) / expected : value - expected;
    if (relative) logs += Math.log(Math.abs(expected));
    tape.error[t] = error;
    squares += error * error;
    const surprise = product ? value / state - before : value - expected;
    level = before + alpha * surprise;
    trend = grown + beta * surprise;
    season[phase] = state + gamma * (product ? value / before - state : value - expected);
    if (++phase === period) phase = 0;
  }
  run.level = level;
  run.trend = trend;
  return { squares, logs };
}

interface WayBack {
  readonly values: Float64Array;
  readonly run: EtsRun;
  readonly tape: EtsTape;
  readonly slopes: EtsSlopes;
}

/** @param weight derivative of the value by an error ÷ the error. */
function backward({ values, run, tape, slopes }: WayBack, weight: number): void {
  const { alpha, beta, gamma, phi, period, form } = run;
  const relative = form.error === 'M';
  const product = form.season === 'M';
  const damping = form.trend === 'A' ? phi : 0;
  const bySeason = slopes.season.fill(0);
  let [byLevel, byTrend, byAlpha, byBeta, byGamma, byPhi] = [0, 0, 0, 0, 0, 0];
  let phase = (values.length - 1) % period;
  for (let t = values.length - 1; t >= 0; t--) {
    const value = values[t]!;
    const trend = tape.trend[t]!;
    const state = tape.season[t]!;
    const before = tape.level[t]! + damping * trend;
    const expected = product ? before * state : before + state;
    const ofSeason = bySeason[phase]!;
    let byExpected = relative
      ? 2 / expected - (weight * tape.error[t]! * value) / (expected * expected)
      : -weight * tape.error[t]!;
    let byBefore: number;
    if (product) {
      const surprise = value / state - before;
      byAlpha += byLevel * surprise;
      byBeta += byTrend * surprise;
      byGamma += ofSeason * (value / before - state);
      const gains = alpha * byLevel + beta * byTrend;
      byBefore =
        byLevel - gains - (ofSeason * gamma * value) / (before * before) + byExpected * state;
      bySeason[phase] =
        ofSeason * (1 - gamma) - (gains * value) / (state * state) + byExpected * before;
    } else {
      const surprise = value - expected;
      byAlpha += byLevel * surprise;
      byBeta += byTrend * surprise;
      byGamma += ofSeason * surprise;
      byExpected -= alpha * byLevel + beta * byTrend + gamma * ofSeason;
      byBefore = byLevel + byExpected;
      bySeason[phase] = ofSeason + byExpected;
    }
    byPhi += trend * (byBefore + byTrend);
    byTrend = damping * (byBefore + byTrend);
    byLevel = byBefore;
    phase = phase === 0 ? period - 1 : phase - 1;
  }
  slopes.alpha = byAlpha;
  slopes.beta = byBeta;
  slopes.gamma = byGamma;
  slopes.phi = byPhi;
  slopes.level = byLevel;
  slopes.trend = byTrend;
}
