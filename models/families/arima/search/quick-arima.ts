import { difference } from '#models/families/arima/estimation/difference.ts';
import type { ArimaFit } from '#models/families/arima/estimation/fit-arima.ts';
import type { SearchEffort } from '#models/families/arima/estimation/fit-arima.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { toPartialAutocorrelations } from '#models/families/arima/estimation/partial-autocorrelations.ts';
import { mean } from '#models/numeric/mean.ts';
import { exactFit } from './exact-fit.ts';
import type { RegressedArma } from './hannan-rissanen.ts';
import { hannanRissanen } from './hannan-rissanen.ts';
import { hasUnitRoot } from './unit-root.ts';

/** Largest p and q: at five minutes further lags of either kind hardly lower the criterion. */
const LARGEST_ORDER = 3;
/**
 * Orders tried, the one that the regressions find best first: the first that is usable is taken.
 */
const MOST_ORDERS = 4;
/** Keeps the start of a search away from the edge of the stationary models. */
const FARTHEST_START = 0.97;

/** From a start near the maximum: what more brings, no forecast shows. */
export const QUICK: SearchEffort = { iterations: 20, tolerance: 1e-5 };

/**
 * Non-seasonal ARIMA(p, d, q), d 0 or 1 by the KPSS test, p and q by the least AICc of Hannan and
 * Rissanen's regressions, fitted by exact maximum likelihood. A differenced series has no drift:
 * over a day it would lead astray.
 * @param values gapless.
 * @returns null if no model can be fitted or there are too few values.
 */
export function quickArima(values: Float64Array): ArimaFit | null {
  const d = hasUnitRoot(values) ? 1 : 0;
  const rest = difference(values, { d, seasonalD: 0, season: 1 });
  if (rest.length === 0) return null;
  const base = { d, seasonalD: 0, seasonalP: 0, seasonalQ: 0, season: 1, constant: d === 0 };
  if (rest.every((value) => value === rest[0])) return exactFit({ ...base, p: 0, q: 0 }, rest[0]);
  const middle = d === 0 ? mean(rest) : 0;
  const regressed = hannanRissanen(
    rest.map((value) => value - middle),
    LARGEST_ORDER,
  );
  for (const one of regressed.slice(0, MOST_ORDERS)) {
    const fit = fitArima(values, { ...base, p: one.p, q: one.q }, startFrom(one), QUICK);
    if (fit !== null && Number.isFinite(fit.aicc)) return fit;
  }
  return fitArima(values, { ...base, p: 1, q: 0 });
}

/**
 * Unconstrained parameters of the regression's model; zeros for what is not stationary or
 * invertible.
 */
function startFrom({ phi, theta }: RegressedArma): Float64Array {
  const unconstrained = (factor: Float64Array): Float64Array => {
    const partials = toPartialAutocorrelations(factor) ?? new Float64Array(factor.length);
    return partials.map((partial) =>
      Math.atanh(Math.max(-FARTHEST_START, Math.min(FARTHEST_START, partial))),
    );
  };
  return Float64Array.of(
    ...unconstrained(phi),
    ...unconstrained(theta.map((coefficient) => -coefficient)),
  );
}
