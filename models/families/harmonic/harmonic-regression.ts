import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { memberForecast } from '#models/families/autoregression/member-forecast.ts';
import { addMember } from '#models/families/autoregression/member-nodes.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { tooFewSteps } from '#models/contract/too-few-steps.ts';
import { usableSeasons } from '#models/contract/usable-seasons.ts';
import type { HarmonicFit } from './fit-harmonic.ts';
import { fitHarmonic, refitHarmonic } from './fit-harmonic.ts';

const NAME = 'harmonic-regression';

/** Values needed before harmonics can be told from noise. */
const MINIMUM_STEPS = 48;

/**
 * Fourier terms for a day and a week with autoregressive errors: the seasonal form that stays small for seasons of 288 and
 * 2,016 steps. A forecast reads the last few values only.
 */
export const harmonicRegression: ModelFamily = {
  name: NAME,
  relativeCost: 3,
  fit: (series, shape) => {
    const tooFew = tooFewSteps(series.values.length, MINIMUM_STEPS);
    if (tooFew) return tooFew;
    return { kind: 'fitted', model: toModel(fitHarmonic(partsOf(series, shape)), shape) };
  },
};

function partsOf({ values, startSeconds, stepSeconds }: RegularSeries, shape: ForecastShape) {
  const firstStep = Math.floor(startSeconds / stepSeconds);
  return { values, firstStep, lengths: usableSeasons(shape, values.length) };
}

function toModel(fit: HarmonicFit, shape: ForecastShape): RawModel {
  return {
    name: NAME,
    shape,
    rows: shape.horizon,
    columns: 1,
    forecastInto: memberForecast(fit, shape),
    addTo: (graph, inputs) => {
      const points = addMember(graph, inputs, { member: fit, shape });
      return graph.op('Unsqueeze', [points, graph.ints([2], [1])]);
    },
    refit: (longer) => {
      const parts = partsOf(longer, shape);
      // A season seen twice only now has no harmonics yet: everything has to be chosen anew.
      const grown = (parts.lengths.at(-1) ?? 1) !== fit.profile.length;
      return toModel(grown ? fitHarmonic(parts) : refitHarmonic(parts, fit), shape);
    },
  };
}
