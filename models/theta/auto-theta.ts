import type { SeasonKind } from '#models/decompose/classical-decomposition.ts';
import { seasonalComponent } from '#models/decompose/classical-decomposition.ts';
import { isSeasonal } from '#models/decompose/season-test.ts';
import type { ThetaFit } from './fit-theta.ts';
import { fitTheta } from './fit-theta.ts';
import type { ThetaForm } from './theta-model.ts';
import { thetaForecast } from './theta-model.ts';

/** A Theta model of the seasonally adjusted series, and the season to put back. */
export interface SeasonalTheta {
  readonly fit: ThetaFit;
  /** By phase of the series' first value; null if the series has no season. */
  readonly season: Float64Array | null;
  readonly kind: SeasonKind;
}

const FORMS: readonly ThetaForm[] = ['STM', 'OTM', 'DSTM', 'DOTM'];

/** Fewer values than this cannot tell the parameters. */
const MINIMUM_VALUES = 5;

/** A factor below this makes the adjusted values explode: the season is taken off instead. */
const LEAST_FACTOR = 0.01;

/**
 * The best of the four Theta models by squared error after taking out a season that passes the 90 % test of its
 * autocorrelation; multiplicative if all values and factors are positive (Fiorucci et al. 2016; Assimakopoulos and
 * Nikolopoulos, International Journal of Forecasting 16, 2000).
 * @param period steps of a season, 1 for none.
 * @returns null with fewer than five values.
 */
export function autoTheta(values: Float64Array, period: number): SeasonalTheta | null {
  if (values.length < MINIMUM_VALUES) return null;
  const { season, kind } = seasonOf(values, period);
  const adjusted = adjust(values, season, kind);
  let best: ThetaFit | null = null;
  for (const form of FORMS) {
    const fit = fitTheta(adjusted, form);
    if (best === null || fit.loss < best.loss) best = fit;
  }
  return best && { fit: best, season, kind };
}

function seasonOf(values: Float64Array, period: number): Omit<SeasonalTheta, 'fit'> {
  if (!isSeasonal(values, period)) return { season: null, kind: 'additive' };
  if (values.every((value) => value > 0)) {
    const season = seasonalComponent(values, period, 'multiplicative');
    if (season.every((factor) => factor >= LEAST_FACTOR)) return { season, kind: 'multiplicative' };
  }
  return { season: seasonalComponent(values, period, 'additive'), kind: 'additive' };
}

function adjust(values: Float64Array, season: Float64Array | null, kind: SeasonKind): Float64Array {
  if (season === null) return values;
  return values.map((value, t) => {
    const state = season[t % season.length]!;
    return kind === 'additive' ? value - state : value / state;
  });
}

/** Point forecasts of the steps after the fitted values. */
export function seasonalThetaForecast(
  { fit, season, kind }: SeasonalTheta,
  horizon: number,
): Float64Array {
  const points = thetaForecast(fit.run, fit.steps, horizon);
  if (season === null) return points;
  return points.map((point, step) => {
    const state = season[(fit.steps + step) % season.length]!;
    return kind === 'additive' ? point + state : point * state;
  });
}
