import type { FitResult, ForecastShape, ModelFamily } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { tooFewSteps } from '#models/contract/too-few-steps.ts';
import { lostToDifferences } from './estimation/arima-order.ts';
import { createArimaModel } from './forecast/arima-model.ts';
import { harmonicArima } from './harmonic/harmonic-arima.ts';
import { autoArima } from './search/auto-arima.ts';

/**
 * A longer season needs a state of as many entries: there a regression takes the seasons off first.
 */
const LONGEST_SEASON = 48;
/** What lies further back no longer moves the parameters, and a fit costs time in proportion. */
const MOST_VALUES = 1000;
/** Orders tried within a cross-validation; the search rarely needs as many. */
const MOST_MODELS = 30;
const FEWEST_VALUES = 30;

/**
 * ARIMA, chosen and fitted automatically (Hyndman and Khandakar 2008): multiplicative seasonal
 * where the shortest season is short, else of the errors of a regression on Fourier terms of the
 * seasons.
 */
export const arima: ModelFamily = {
  name: 'arima',
  relativeCost: 10,
  fit: (series, shape) => {
    const tooFew = tooFewSteps(series.values.length, FEWEST_VALUES);
    if (tooFew) return tooFew;
    const season = seasonSteps(shape)[0] ?? 1;
    if (season <= LONGEST_SEASON) return fitSeasonal(series.values, season, shape);
    const model = harmonicArima(series, shape);
    return model === null ? NONE : { kind: 'fitted', model };
  },
};

const NONE: FitResult = { kind: 'too-little-data', reason: 'no ARIMA model could be fitted' };

function fitSeasonal(values: Float64Array, season: number, shape: ForecastShape): FitResult {
  const recent = values.subarray(Math.max(0, values.length - MOST_VALUES));
  const fit = autoArima(recent, { season, models: MOST_MODELS });
  if (fit === null || lostToDifferences(fit.order) >= shape.context) return NONE;
  return { kind: 'fitted', model: createArimaModel(fit, shape) };
}
