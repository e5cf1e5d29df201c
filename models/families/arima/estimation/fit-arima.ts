import { centralDifferences } from '#models/numeric/central-differences.ts';
import { quasiNewton } from '#models/numeric/quasi-newton.ts';
import type { ArimaOrder } from './arima-order.ts';
import { armaCount, lostToDifferences } from './arima-order.ts';
import { armaLikelihood } from './arma-likelihood.ts';
import type { ArmaPolynomials } from './arma-polynomials.ts';
import { factorsOf, polynomialsOf } from './arma-polynomials.ts';
import { difference } from './difference.ts';
import { gappyLikelihood } from './gappy-likelihood.ts';
import { rootsOutside } from './partial-autocorrelations.ts';

/** What a forecast needs of a fitted model. */
export interface ArimaCoefficients {
  readonly order: ArimaOrder;
  readonly polynomials: ArmaPolynomials;
  /** Mean of the differenced series, 0 without a constant. */
  readonly mean: number;
}

/** A fitted model. */
export interface ArimaFit extends ArimaCoefficients {
  /** Unconstrained parameters, see polynomialsOf: a start for neighbouring orders. */
  readonly parameters: Float64Array;
  /** Maximum likelihood estimate of the innovation variance. */
  readonly variance: number;
  readonly logLikelihood: number;
  /**
   * Corrected Akaike criterion (Hurvich and Tsai 1989); Infinity where the model is not to be used.
   */
  readonly aicc: number;
}

/** When the search for the maximum ends. */
export interface SearchEffort {
  readonly iterations: number;
  /** Of the log-likelihood per value. */
  readonly tolerance: number;
}

const THOROUGH: SearchEffort = { iterations: 100, tolerance: 1e-6 };

/**
 * Roots closer to the unit circle make a model whose forecasts are not to be trusted (Hyndman and
 * Khandakar 2008, section 3.2).
 */
const NEAREST_ROOT = 1.01;

/**
 * Fits the parameters by exact maximum likelihood.
 * @param values NaN where nothing was measured.
 * @param start unconstrained parameters to start from; several of its own where absent.
 * @param effort as much as finds the maximum where absent.
 * @returns null if there are fewer values than parameters.
 */
export function fitArima(
  values: Float64Array,
  order: ArimaOrder,
  start?: Float64Array,
  effort: SearchEffort = THOROUGH,
): ArimaFit | null {
  const problem = likelihoodOf(values, order);
  const { n } = problem;
  const parameterCount = armaCount(order) + (order.constant ? 1 : 0) + 1;
  if (n <= parameterCount + 1) return null;
  const objective = (parameters: Float64Array): number => {
    const terms = problem.terms(polynomialsOf(parameters, order));
    if (terms === null || !(terms.squares > 0)) return Infinity;
    return 0.5 * (Math.log(terms.squares / n) + terms.logVariances / n);
  };
  const { point: parameters, value } = lowestFrom(
    start ? [start] : startsOf(order),
    objective,
    effort,
  );
  const polynomials = polynomialsOf(parameters, order);
  const terms = problem.terms(polynomials);
  if (terms === null || !Number.isFinite(value)) return null;
  const logLikelihood = -n * value - 0.5 * n * (1 + Math.log(2 * Math.PI));
  const usable = factorsUsable(parameters, order);
  const correction = (2 * parameterCount * (parameterCount + 1)) / (n - parameterCount - 1);
  return {
    order,
    polynomials,
    parameters,
    mean: terms.mean,
    variance: terms.squares / n,
    logLikelihood,
    aicc: usable ? -2 * logLikelihood + 2 * parameterCount + correction : Infinity,
  };
}

/**
 * Where autoregression and moving average nearly cancel, the likelihood has a maximum that a search
 * from near zero does not leave. A second start, from a strong autoregression and a moderate moving
 * average, finds the other maxima (docs/research/constants.md).
 */
function startsOf(order: ArimaOrder): readonly Float64Array[] {
  const { p, q } = order;
  const zero = new Float64Array(armaCount(order));
  if (p === 0 || q === 0) return [zero];
  const start = zero.slice();
  start[0] = STRONG;
  start[p] = MODERATE;
  return [zero, start];
}

/** Unconstrained: partial autocorrelations of 0.91 and 0.46. */
const STRONG = 1.5;
const MODERATE = 0.5;

function lowestFrom(
  starts: readonly Float64Array[],
  objective: (parameters: Float64Array) => number,
  effort: SearchEffort,
): { readonly point: Float64Array; readonly value: number } {
  const found = starts.map((start) =>
    quasiNewton({
      objective,
      gradient: centralDifferences(objective),
      start,
      ...effort,
      patience: 1,
      // Unconstrained parameters beyond a few units are all the same model.
      longestMove: 1,
    }),
  );
  return found.reduce((best, one) => (one.value < best.value ? one : best));
}

/**
 * The rule of the reference implementations looks at the roots of the multiplied polynomials. Those
 * of a seasonal factor are the season-th roots of its own, so that for a season of 24 the rule
 * refuses every seasonal moving average beyond 1.01⁻²⁴ = 0.79, which is where well-fitted ones lie.
 * Here every factor is judged in its own unit.
 */
function factorsUsable(parameters: Float64Array, order: ArimaOrder): boolean {
  const { phi, theta, seasonalPhi, seasonalTheta } = factorsOf(parameters, order);
  const negative = (values: Float64Array) => values.map((value) => -value);
  return [phi, negative(theta), seasonalPhi, negative(seasonalTheta)].every((factor) =>
    rootsOutside(factor, NEAREST_ROOT),
  );
}

/**
 * Values left after differencing, and the likelihood as a function of the polynomials: gaps need
 * the slower filter.
 */
function likelihoodOf(values: Float64Array, order: ArimaOrder) {
  const gaps = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const n = values.length - gaps - lostToDifferences(order);
  if (gaps > 0) {
    return {
      n,
      terms: (polynomials: ArmaPolynomials) => gappyLikelihood(values, polynomials, order),
    };
  }
  const differenced = difference(values, order);
  return {
    n,
    terms: (polynomials: ArmaPolynomials) =>
      armaLikelihood(differenced, polynomials, order.constant),
  };
}
