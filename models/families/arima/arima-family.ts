import type { ForecastShape, ModelFamily } from '#models/contract/forecast-model.ts';
import { tooFewSteps } from '#models/contract/too-few-steps.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { createArimaModel } from './arima-model.ts';
import { autoArima } from './auto-arima.ts';
import { lostToDifferences } from './arima-order.ts';

/** A longer season needs a state of as many entries: five minutes' steps are left to models made for them. */
const LONGEST_SEASON = 48;
/** What lies further back no longer moves the parameters, and a fit costs time in proportion. */
const MOST_VALUES = 1000;
/** Orders tried within a cross-validation; the search rarely needs as many. */
const MOST_MODELS = 30;
const FEWEST_VALUES = 30;

/** Seasonal ARIMA, chosen and fitted automatically (Hyndman and Khandakar 2008), for series whose shortest season is short. */
export const arima: ModelFamily = {
  name: 'arima',
  relativeCost: 60,
  fit: ({ values }, shape) => {
    const season = shortestSeason(shape);
    if (season > LONGEST_SEASON) {
      const reason = `a season of ${season} steps is longer than ${LONGEST_SEASON}`;
      return { kind: 'too-little-data', reason };
    }
    const tooFew = tooFewSteps(values.length, FEWEST_VALUES);
    if (tooFew) return tooFew;
    const recent = values.subarray(Math.max(0, values.length - MOST_VALUES));
    const fit = autoArima(recent, { season, models: MOST_MODELS });
    if (fit === null || lostToDifferences(fit.order) >= shape.context) {
      return { kind: 'too-little-data', reason: 'no ARIMA model could be fitted' };
    }
    return { kind: 'fitted', model: createArimaModel(fit, shape) };
  },
};

const shortestSeason = (shape: ForecastShape): number => seasonSteps(shape)[0] ?? 1;
