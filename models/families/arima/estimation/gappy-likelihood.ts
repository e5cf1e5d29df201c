import type { ArimaOrder } from './arima-order.ts';
import { lostToDifferences } from './arima-order.ts';
import { stateCovarianceMatrix } from './arma-covariance.ts';
import type { LikelihoodTerms } from './arma-likelihood.ts';
import type { ArmaPolynomials } from './arma-polynomials.ts';
import { differencePolynomial } from './difference.ts';

/**
 * Prior variance of what lies before the first value, in innovation variances: as good as unknown
 * (Harvey 1989, section 3.3.4).
 */
const DIFFUSE = 1e6;
/**
 * An innovation this uncertain, while values are still to be used up by differencing, says nothing
 * about the model.
 */
const UNKNOWN = 1e4;

/**
 * Likelihood terms of a series with gaps: the Kalman filter of the ARIMA state space form (Harvey
 * 1989, section 4.1.4), which passes over what was not measured, O(n · (r + d)²). For gapless
 * series armaLikelihood is faster. The mean is concentrated out as there.
 * @param values NaN where nothing was measured.
 */
export function gappyLikelihood(
  values: Float64Array,
  polynomials: ArmaPolynomials,
  order: ArimaOrder,
): LikelihoodTerms | null {
  const system = createSystem(polynomials, order);
  if (system === null) return null;
  const state = new Float64Array(system.size);
  const unit = new Float64Array(system.size);
  const gain = new Float64Array(system.size);
  const sums = { n: 0, logVariances: 0, yy: 0, xy: 0, xx: 0 };
  let unknown = lostToDifferences(order);
  for (let t = 0; t < values.length; t++) {
    const f = observedVariance(system, gain);
    if (Number.isNaN(values[t])) gain.fill(0);
    else {
      const v = values[t] - observe(system, state);
      const u = order.constant ? driftAt(t, order) - observe(system, unit) : 0;
      if (unknown > 0 && f > UNKNOWN) unknown--;
      else addTo(sums, { f, v, u });
      correct(system, gain, f);
      for (let i = 0; i < system.size; i++) {
        state[i] += (gain[i] * v) / f;
        unit[i] += (gain[i] * u) / f;
      }
    }
    move(system, state);
    if (order.constant) move(system, unit);
    predictCovariance(system);
  }
  const mean = sums.xx > 0 ? sums.xy / sums.xx : 0;
  const { n, logVariances } = sums;
  return { n, logVariances, squares: sums.yy - mean * sums.xy, mean };
}

/** A series whose differences are all 1. */
const driftAt = (t: number, { d, seasonalD, season }: ArimaOrder): number =>
  d + seasonalD === 0 ? 1 : d === 1 ? t : t / season;

interface Sums {
  n: number;
  logVariances: number;
  yy: number;
  xy: number;
  xx: number;
}

function addTo(sums: Sums, { f, v, u }: { f: number; v: number; u: number }): void {
  sums.n++;
  sums.logVariances += Math.log(f);
  sums.yy += (v * v) / f;
  sums.xy += (u * v) / f;
  sums.xx += (u * u) / f;
}

/**
 * States: r of the ARMA process, then the last values of the undifferenced series, newest first.
 */
interface System {
  readonly r: number;
  readonly size: number;
  readonly phi: Float64Array;
  /** 1, θ₁, …, padded to r. */
  readonly impulse: Float64Array;
  readonly delta: Float64Array;
  /** Row-major [size × size]. */
  readonly covariance: Float64Array;
  readonly scratch: Float64Array;
}

function createSystem(polynomials: ArmaPolynomials, order: ArimaOrder): System | null {
  const stationary = stateCovarianceMatrix(polynomials);
  if (stationary === null) return null;
  const r = Math.max(polynomials.phi.length, polynomials.theta.length + 1);
  const size = r + lostToDifferences(order);
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) covariance[i * size + j] = stationary[i * r + j];
  }
  for (let i = r; i < size; i++) covariance[i * size + i] = DIFFUSE;
  const phi = new Float64Array(r);
  phi.set(polynomials.phi);
  const impulse = new Float64Array(r);
  impulse[0] = 1;
  impulse.set(polynomials.theta, 1);
  const delta = differencePolynomial(order);
  return { r, size, phi, impulse, delta, covariance, scratch: new Float64Array(size * size) };
}

/** Z · state. */
function observe({ r, delta }: System, state: Float64Array): number {
  let value = state[0];
  for (let j = 0; j < delta.length; j++) value += delta[j] * state[r + j];
  return value;
}

/** gain ← P Z'; returns Z P Z'. */
function observedVariance(system: System, gain: Float64Array): number {
  const { size, covariance } = system;
  for (let i = 0; i < size; i++) {
    gain[i] = observe(system, covariance.subarray(i * size, (i + 1) * size));
  }
  return observe(system, gain);
}

function correct({ size, covariance }: System, gain: Float64Array, f: number): void {
  for (let i = 0; i < size; i++) {
    const scaled = gain[i] / f;
    for (let j = 0; j < size; j++) covariance[i * size + j] -= scaled * gain[j];
  }
}

/** state ← T state. */
function move(system: System, state: Float64Array): void {
  const { r, size, phi } = system;
  const first = state[0];
  const observed = observe(system, state);
  for (let i = 0; i < r; i++) state[i] = phi[i] * first + (i + 1 < r ? state[i + 1] : 0);
  for (let i = size - 1; i > r; i--) state[i] = state[i - 1];
  if (size > r) state[r] = observed;
}

/** P ← T P T' + R R', by moving rows, then columns. */
function predictCovariance(system: System): void {
  const { r, size, covariance, scratch, impulse } = system;
  for (let i = 0; i < size; i++) move(system, covariance.subarray(i * size, (i + 1) * size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) scratch[j * size + i] = covariance[i * size + j];
  }
  for (let j = 0; j < size; j++) move(system, scratch.subarray(j * size, (j + 1) * size));
  covariance.set(scratch);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) covariance[i * size + j] += impulse[i] * impulse[j];
  }
}
