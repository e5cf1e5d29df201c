import { stateCovariance } from './arma-covariance.ts';
import type { ArmaPolynomials } from './arma-polynomials.ts';

/**
 * What one pass of the filter leaves: everything of the likelihood but the variance and the mean,
 * which have closed forms.
 */
export interface LikelihoodTerms {
  /** Number of values. */
  readonly n: number;
  /** Σ log f_t of the scaled innovation variances f_t. */
  readonly logVariances: number;
  /** Σ v²/f of the innovations v of the series about its mean. */
  readonly squares: number;
  /** Generalised least squares estimate of the mean; 0 if none was asked for. */
  readonly mean: number;
}

/**
 * Innovation variances this close to their limit no longer change the sums; then each step costs
 * only the prediction.
 */
const CONVERGED = 1e-12;

/**
 * Exact Gaussian likelihood terms of a gapless series as an ARMA process, null if the process is
 * not stationary. The Kalman filter's covariances in the form of Chandrasekhar-type recursions
 * (Morf, Sidhu and Kailath 1974; Herbst 2015, section 2), whose steps cost O(r) instead of O(r²),
 * because the filter starts from the stationary distribution. A mean is concentrated out: the
 * filter is linear, so the innovations of the series and of a constant give its generalised least
 * squares estimate.
 */
export function armaLikelihood(
  values: Float64Array,
  polynomials: ArmaPolynomials,
  withMean: boolean,
): LikelihoodTerms | null {
  const covariance = stateCovariance(polynomials);
  if (covariance === null) return null;
  const filter = startFilter(polynomials, covariance);
  const { r, phi, gain } = filter;
  const state = new Float64Array(r + 1);
  const unit = new Float64Array(r + 1);
  // Declared one by one because destructuring an array would allocate the sums on the heap.
  let logVariances = 0;
  let yy = 0;
  let xy = 0;
  let xx = 0;
  let settled = false;
  let logVariance = Math.log(filter.variance);
  for (let t = 0; t < values.length; t++) {
    const f = filter.variance;
    const v = values[t] - state[0];
    logVariances += logVariance;
    yy += (v * v) / f;
    predict(state, v / f, { r, phi, gain });
    if (withMean) {
      const u = 1 - unit[0];
      xy += (u * v) / f;
      xx += (u * u) / f;
      predict(unit, u / f, { r, phi, gain });
    }
    if (settled) continue;
    settled = advance(filter);
    if (!settled) logVariance = Math.log(filter.variance);
  }
  const mean = withMean ? xy / xx : 0;
  return { n: values.length, logVariances, squares: yy - mean * xy, mean };
}

interface Filter {
  readonly r: number;
  /** Padded to r. */
  readonly phi: Float64Array;
  /** Unscaled gain T P Z'. */
  readonly gain: Float64Array;
  /** L of ΔP = M L L'; its entry r stays 0. */
  readonly factor: Float64Array;
  /** f, Z P Z'. */
  variance: number;
  /** M. */
  change: number;
}

function startFilter({ phi, theta }: ArmaPolynomials, covariance: Float64Array): Filter {
  const r = Math.max(phi.length, theta.length + 1);
  const padded = new Float64Array(r);
  padded.set(phi);
  const gain = new Float64Array(r);
  for (let i = 0; i < r; i++) gain[i] = padded[i] * covariance[0] + (covariance[i + 1] ?? 0);
  const factor = new Float64Array(r + 1);
  factor.set(gain);
  const variance = covariance[0];
  return { r, phi: padded, gain, factor, variance, change: -1 / variance };
}

/** state ← T state + gain · scaled innovation; entry r of the state is always 0. */
function predict(
  state: Float64Array,
  innovation: number,
  { r, phi, gain }: Pick<Filter, 'r' | 'phi' | 'gain'>,
): void {
  const first = state[0];
  for (let i = 0; i < r; i++) state[i] = phi[i] * first + state[i + 1] + gain[i] * innovation;
}

/** Whether the variance has reached its limit; else it is moved by one step. */
function advance(filter: Filter): boolean {
  const { r, phi, gain, factor, variance, change } = filter;
  const first = factor[0];
  const step = change * first;
  if (Math.abs(step * first) < CONVERGED && Math.abs(change) * squareSum(factor) < CONVERGED) {
    return true;
  }
  const next = variance + step * first;
  const scaled = first / next;
  for (let i = 0; i < r; i++) {
    const moved = phi[i] * first + factor[i + 1];
    gain[i] += moved * step;
    factor[i] = moved - gain[i] * scaled;
  }
  filter.variance = next;
  filter.change = change + (step * step) / variance;
  return false;
}

function squareSum(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
