import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { scoringBands } from '#models/contract/horizon-bands.ts';
import { tooFewSteps } from '#models/contract/too-few-steps.ts';
import { usableSeasons } from '#models/contract/usable-seasons.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { SmoothingChoice } from './fit-smoothing.ts';
import { fitSmoothing } from './fit-smoothing.ts';
import { combineSeasons, seasonalStates } from './seasonal-states.ts';
import { createSmoothingModel, SMOOTHING_NAME } from './smoothing-model.ts';

/** Steps a level needs to tell itself from noise. */
const MINIMUM_STEPS = 24;

/**
 * Double seasonal additive exponential smoothing with damped trend and autoregressive rest (Taylor
 * 2003; Hyndman et al. 2008). Seasonal states are frozen when the model is fitted; level, trend and
 * rest are filtered anew over the context at every forecast. A season counts only if the series
 * shows it at least twice.
 */
export const exponentialSmoothing: ModelFamily = {
  name: SMOOTHING_NAME,
  relativeCost: 3,
  fit: (series, shape) => {
    const tooFew = tooFewSteps(series.values.length, MINIMUM_STEPS);
    return tooFew ?? { kind: 'fitted', model: fitModel(series, shape) };
  },
};

function statesOf(series: RegularSeries, lengths: readonly number[]) {
  const firstStep = Math.floor(series.startSeconds / series.stepSeconds);
  return seasonalStates({ values: series.values, firstStep, lengths });
}

function fitModel(series: RegularSeries, shape: ForecastShape): RawModel {
  const lengths = usableSeasons(shape, series.values.length);
  const { tables, priors } = statesOf(series, lengths);
  const choice = fitSmoothing({
    values: series.values,
    priors,
    horizons: scoringBands(shape.horizon).map(({ scored }) => scored[scored.length >> 1]),
    start: lengths[0] ?? 0,
    seasonSteps: lengths[0] ?? shape.context,
  });
  return toModel({ shape, choice, lengths, season: combineSeasons(tables, choice.shares) });
}

interface Fitted {
  readonly shape: ForecastShape;
  readonly choice: SmoothingChoice;
  readonly lengths: readonly number[];
  readonly season: Float64Array;
}

function toModel(fitted: Fitted): RawModel {
  const { shape, choice, lengths, season } = fitted;
  const { parameters } = choice;
  const initialSteps = lengths[0] ?? shape.context;
  const model = createSmoothingModel({ shape, parameters, season, initialSteps });
  return {
    ...model,
    refit: (series) => {
      // A season seen twice only now has no share yet: everything has to be chosen anew.
      if (usableSeasons(shape, series.values.length).length !== lengths.length) {
        return fitModel(series, shape);
      }
      const { tables } = statesOf(series, lengths);
      return toModel({ ...fitted, season: combineSeasons(tables, choice.shares) });
    },
  };
}
