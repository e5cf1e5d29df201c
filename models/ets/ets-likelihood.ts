import type { EtsForm } from './ets-form.ts';

/**
 * The states and parameters of a model while it runs over a series; all in one place so that nothing is allocated in
 * the likelihood. `season` is a ring: the state of phase t mod period is at that index.
 */
export interface EtsRun {
  readonly form: EtsForm;
  readonly period: number;
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
  level: number;
  trend: number;
  readonly season: Float64Array;
}

/** States near zero are not divided by. */
const TINY = 1e-10;
const HUGE = 1e10;

/** The running product of forecasts is turned into a logarithm before it leaves these bounds. */
const PRODUCT_MOST = 1e250;
const PRODUCT_LEAST = 1e-250;

/**
 * Runs the model over the values from its initial states on, and leaves the last states in `run`.
 * @returns n ln Σe² (+ 2 Σ ln |ŷ| for multiplicative errors): −2 log-likelihood up to a constant (Hyndman et al. 2008,
 * section 5.1).
 */
export function etsLikelihood(values: Float64Array, run: EtsRun): number {
  const { error, trend, season } = run.form;
  const sums =
    season === 'M'
      ? runMultiplicative(values, run)
      : error === 'A' && trend === 'N'
        ? runLevel(values, run)
        : runAdditive(values, run);
  const n = values.length;
  const fit = n * Math.log(sums.squares > 0 ? sums.squares : sums.squares + 1e-8);
  return error === 'M' ? fit + 2 * sums.logs : fit;
}

interface Sums {
  /** Σe², relative errors if the form's are. */
  squares: number;
  /** Σ ln |ŷ| */
  logs: number;
}

/** Additive error without trend: the shortest loop. */
function runLevel(values: Float64Array, run: EtsRun): Sums {
  const { alpha, season, period } = run;
  const seasonal = run.form.season === 'A';
  const gamma = seasonal ? run.gamma : 0;
  let level = run.level;
  let squares = 0;
  let phase = 0;
  for (let t = 0; t < values.length; t++) {
    const error = values[t]! - level - season[phase]!;
    squares += error * error;
    level += alpha * error;
    season[phase]! += gamma * error;
    if (++phase === period) phase = 0;
  }
  run.level = level;
  return { squares, logs: 0 };
}

/** Any error with an additive trend or none and an additive season or none. */
function runAdditive(values: Float64Array, run: EtsRun): Sums {
  const { alpha, season, period } = run;
  const relative = run.form.error === 'M';
  const gamma = run.form.season === 'A' ? run.gamma : 0;
  const [phi, beta] = run.form.trend === 'A' ? [run.phi, run.beta] : [0, 0];
  let { level, trend } = run;
  let [squares, logs, product, phase] = [0, 0, 1, 0];
  for (let t = 0; t < values.length; t++) {
    const grown = phi * trend;
    const before = level + grown;
    const expected = before + season[phase]!;
    const error = values[t]! - expected;
    const size = Math.abs(expected);
    const part = relative ? error / (size < TINY ? expected + TINY : expected) : error;
    squares += part * part;
    if (relative) {
      product *= size > 0 ? size : 1e-8;
      if (product > PRODUCT_MOST || product < PRODUCT_LEAST) {
        logs += Math.log(product);
        product = 1;
      }
    }
    level = before + alpha * error;
    trend = grown + beta * error;
    season[phase]! += gamma * error;
    if (++phase === period) phase = 0;
  }
  run.level = level;
  run.trend = trend;
  return { squares, logs: logs + Math.log(product) };
}

/** Multiplicative error and season, additive trend or none. */
function runMultiplicative(values: Float64Array, run: EtsRun): Sums {
  const { alpha, gamma, season, period } = run;
  const [phi, slope] = run.form.trend === 'A' ? [run.phi, run.beta / alpha] : [0, 0];
  let { level, trend } = run;
  let [squares, logs, product, phase] = [0, 0, 1, 0];
  for (let t = 0; t < values.length; t++) {
    const grown = phi * trend;
    const before = level + grown;
    const factor = season[phase]!;
    const expected = before * factor;
    const size = Math.abs(expected);
    const value = values[t]!;
    const part = (value - expected) / (size < TINY ? expected + TINY : expected);
    squares += part * part;
    product *= size > 0 ? size : 1e-8;
    if (product > PRODUCT_MOST || product < PRODUCT_LEAST) {
      logs += Math.log(product);
      product = 1;
    }
    const seasonless = Math.abs(factor) < TINY ? HUGE : value / factor;
    const next = before + alpha * (seasonless - before);
    trend = grown + slope * (next - level - grown);
    level = next;
    const seen = Math.abs(before) < TINY ? HUGE : value / before;
    season[phase] = factor + gamma * (seen - factor);
    if (++phase === period) phase = 0;
  }
  run.level = level;
  run.trend = trend;
  return { squares, logs: logs + Math.log(product) };
}
