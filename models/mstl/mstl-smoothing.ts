import { mstl } from '#models/decompose/mstl.ts';
import { admissibleForms } from '#models/ets/ets-form.ts';
import { fitEts } from '#models/ets/fit-ets.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/forecast-model.ts';
import type { RegularSeries } from '#models/series.ts';
import type { SmoothingParameters } from '#models/smoothing-filter.ts';
import { createSmoothingModel } from '#models/smoothing-model.ts';
import { tooFewSteps } from '#models/too-few-steps.ts';
import { usableSeasons } from '#models/usable-seasons.ts';

const NAME = 'mstl-smoothing';

/** Values needed before a trend can be told from noise. */
const MINIMUM_STEPS = 48;

/** Longest seasons that are decomposed: what lies farther back says little of the next, and the cost stays bounded. */
const CYCLES_USED = 3;

/**
 * MSTL, the last cycle of every season repeated, and exponential smoothing of the seasonally adjusted series in the form
 * that the corrected Akaike criterion prefers (Bandara, Hyndman, Bergmeir, International Journal of Operational Research
 * 52, 2025): the way to ETS for seasons that are too long to have a state per step.
 */
export const mstlSmoothing: ModelFamily = {
  name: NAME,
  relativeCost: 3,
  fit: (series, shape) => {
    const tooFew = tooFewSteps(series.values.length, MINIMUM_STEPS);
    return tooFew ?? { kind: 'fitted', model: fitModel(series, shape, null) };
  },
};

/** @param known parameters fitted before; null fits them. */
function fitModel(
  series: RegularSeries,
  shape: ForecastShape,
  known: SmoothingParameters | null,
): RawModel {
  const { startSeconds, stepSeconds } = series;
  const periods = usableSeasons(shape, series.values.length);
  const left = Math.max(0, series.values.length - CYCLES_USED * (periods.at(-1) ?? Infinity));
  const values = series.values.subarray(left);
  const firstStep = Math.floor(startSeconds / stepSeconds) + left;
  const { table, adjusted } = seasonalTable({ values, firstStep, periods });
  const parameters = known ?? smoothingOf(adjusted);
  const initialSteps = periods[0] ?? shape.context;
  const model = createSmoothingModel({
    name: NAME,
    shape,
    parameters,
    season: table,
    initialSteps,
  });
  return { ...model, refit: (longer) => fitModel(longer, shape, parameters) };
}

interface Decomposed {
  readonly values: Float64Array;
  readonly firstStep: number;
  readonly periods: readonly number[];
}

/** The last cycle of every season, summed by phase since the epoch, and the values without their seasons. */
function seasonalTable({ values, firstStep, periods }: Decomposed) {
  const n = values.length;
  const table = new Float64Array(periods.at(-1) ?? 1);
  const adjusted = values.slice();
  const seasons = periods.length === 0 ? [] : mstl(values, { periods, fast: true }).seasons;
  seasons.forEach((season, k) => {
    const period = periods[k]!;
    for (let t = 0; t < n; t++) adjusted[t]! -= season[t]!;
    const offset = n - period;
    for (let j = 0; j < table.length; j++) {
      const phase = (firstStep + offset + j) % table.length;
      table[phase]! += season[offset + (j % period)]!;
    }
  });
  return { table, adjusted };
}

/** Additive forms without season: on an adjusted series multiplicative errors give nearly the same points. */
function smoothingOf(adjusted: Float64Array): SmoothingParameters {
  let best: ReturnType<typeof fitEts> | null = null;
  for (const form of admissibleForms(false, false)) {
    const fit = fitEts({ values: adjusted, period: 1, form, mostBeta: 1, search: 'smooth' });
    if (best === null || fit.aicc < best.aicc) best = fit;
  }
  const { alpha, beta, phi, form } = best!.run;
  const trendGain = form.trend === 'A' ? beta : 0;
  return { levelGain: alpha, trendGain, damping: phi, autocorrelation: 0 };
}
