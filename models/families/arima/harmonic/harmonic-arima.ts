import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { usableSeasons } from '#models/contract/usable-seasons.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { QUICK, quickArima } from '#models/families/arima/search/quick-arima.ts';
import { toScale } from '#models/families/autoregression/value-scale.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { HarmonicSeries, SeasonalRegression } from './choose-harmonics.ts';
import { chooseHarmonics, refitHarmonics } from './choose-harmonics.ts';
import type { HarmonicArima } from './harmonic-arima-model.ts';
import { refittableArima } from './harmonic-arima-model.ts';

/**
 * What lies further back no longer moves the errors' parameters, and a fit costs time in
 * proportion.
 */
const MOST_ERRORS = 600;

/**
 * Regression with ARIMA errors (dynamic harmonic regression: Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, 3rd ed., section 10.5) in two steps: the regression by
 * least squares over all values, then the order and the exact maximum likelihood of its newest
 * errors.
 * @param series without gaps.
 * @returns null if no model of the errors can be fitted.
 */
export function harmonicArima(series: RegularSeries, shape: ForecastShape): RawModel | null {
  const fit = fitTo(partsOf(series, shape));
  return (
    fit && refittableArima(fit, shape, (longer, before) => refit(partsOf(longer, shape), before))
  );
}

function partsOf(
  { values, startSeconds, stepSeconds }: RegularSeries,
  shape: ForecastShape,
): HarmonicSeries {
  const firstStep = Math.floor(startSeconds / stepSeconds);
  return { values, firstStep, lengths: usableSeasons(shape, values.length) };
}

function fitTo(series: HarmonicSeries): HarmonicArima | null {
  const regression = chooseHarmonics(series);
  const errors = quickArima(newestErrors(series, regression));
  return errors && { regression, errors };
}

/** The same harmonics and order with new coefficients; `before` if they cannot be fitted. */
function refit(series: HarmonicSeries, before: HarmonicArima): HarmonicArima {
  // A season that is only now seen twice has no harmonics yet: everything has to be chosen anew.
  const hasNewSeason = (series.lengths.at(-1) ?? 1) !== before.regression.profile.length;
  const fresh = hasNewSeason ? fitTo(series) : null;
  if (fresh !== null) return fresh;
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
