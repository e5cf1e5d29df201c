import type { ArimaFit } from '#models/families/arima/estimation/fit-arima.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { QUICK, quickArima } from '#models/families/arima/search/quick-arima.ts';
import { toScale } from '#models/families/autoregression/value-scale.ts';
import type { HarmonicSeries, SeasonalRegression } from './choose-harmonics.ts';
import { chooseHarmonics, refitHarmonics } from './choose-harmonics.ts';

/** A seasonal regression and the ARIMA that its errors follow. */
export interface HarmonicArima {
  readonly regression: SeasonalRegression;
  readonly errors: ArimaFit;
}

/** What lies further back no longer moves the errors' parameters, and a fit costs time in proportion. */
const MOST_ERRORS = 1000;

/**
 * Regression with ARIMA errors (dynamic harmonic regression: Hyndman and Athanasopoulos, Forecasting: Principles and Practice,
 * 3rd ed., section 10.5) in two steps: the regression by least squares over all values, then the order and the exact maximum
 * likelihood of its newest errors.
 * @returns null where no model of the errors can be fitted.
 */
export function fitHarmonicArima(series: HarmonicSeries): HarmonicArima | null {
  const regression = chooseHarmonics(series);
  const errors = quickArima(newestErrors(series, regression));
  return errors && { regression, errors };
}

/** The same harmonics and order with coefficients of other values; the model before where they cannot be fitted. */
export function refitHarmonicArima(series: HarmonicSeries, before: HarmonicArima): HarmonicArima {
  const regression = refitHarmonics(series, before.regression);
  const { order, parameters } = before.errors;
  const fitted = fitArima(newestErrors(series, regression), order, parameters, QUICK);
  const errors = fitted !== null && Number.isFinite(fitted.aicc) ? fitted : before.errors;
  return { regression, errors };
}

function newestErrors(
  { values, firstStep }: HarmonicSeries,
  { scale, profile }: SeasonalRegression,
): Float64Array {
  const from = Math.max(0, values.length - MOST_ERRORS);
  const period = profile.length;
  return values
    .subarray(from)
    .map((value, t) => toScale(value, scale) - profile[(firstStep + from + t) % period]);
}
