import { admissibleForms } from './ets-form.ts';
import type { EtsFit, EtsSearch } from './fit-ets.ts';
import { firstAlpha, fitEts, newRun } from './fit-ets.ts';

/** Gains of a level that has nothing to learn. */
const CONSTANT_ALPHA = 0.9999;

/** A form needs this many values more than parameters of the smallest model. */
const MINIMUM_VALUES = 8;

/**
 * The exponential smoothing model with the least corrected Akaike criterion among all admissible forms (Hyndman,
 * Koehler, Snyder, Grose, International Journal of Forecasting 18, 2002). Bounds of the smooth search are R's: the trend's
 * gain is at most the level's. Those of the simplex search are statsforecast's, including its order: the trend's gain is
 * at most the least first guess of the level's gain so far.
 * @param values without gaps.
 * @param period steps of a season, 1 for none; ignored if there are no more values than that.
 * @returns null with fewer than eight values.
 */
export function autoEts(
  values: Float64Array,
  period: number,
  search: EtsSearch = 'smooth',
): EtsFit | null {
  const n = values.length;
  if (n < MINIMUM_VALUES) return null;
  if (values.every((value) => value === values[0])) return constantFit(values);
  const seasonal = period > 1 && n > period;
  const positive = values.every((value) => value > 0);
  let best: EtsFit | null = null;
  let mostBeta = 1;
  for (const form of admissibleForms(positive, seasonal)) {
    if (form.trend === 'A') {
      mostBeta = Math.min(mostBeta, firstAlpha(form.season === 'N' ? 1 : period));
    }
    const fit = fitEts({ values, period, form, mostBeta, search });
    if (best === null || fit.aicc < best.aicc) best = fit;
  }
  return best;
}

function constantFit(values: Float64Array): EtsFit {
  const form = { error: 'A', trend: 'N', damped: false, season: 'N' } as const;
  const run = newRun(form, 1);
  run.alpha = CONSTANT_ALPHA;
  run.level = values[0]!;
  return { form, run, steps: values.length, logLikelihood: Infinity, aicc: -Infinity };
}
