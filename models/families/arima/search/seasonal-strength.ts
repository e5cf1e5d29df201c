import { mean } from '#models/numeric/mean.ts';
import { stl } from './stl.ts';

/** Seasons in the window of the decomposition: the default of R's mstl for one season. */
const SEASONAL_WINDOW = 11;
const PASSES = 2;
const ROUNDING = 1e-9;

/**
 * Strength of a season in [0, 1], 1 − Var(remainder) ÷ Var(remainder + seasonal) (Wang, Smith and
 * Hyndman 2006); 0 with less than two seasons.
 */
export function seasonalStrength(values: Float64Array, season: number): number {
  if (values.length < 2 * season) return 0;
  const options = { period: season, seasonalWindow: SEASONAL_WINDOW, passes: PASSES, fast: false };
  const parts = stl(values, options);
  const both = values.map((value, k) => value - parts.trend[k]);
  const remainder = both.map((rest, k) => rest - parts.season[k]);
  const whole = sampleVariance(both);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Below the precision of the numbers there is no season, only rounding.
  return whole <= (ROUNDING * largest) ** 2
    ? 0
    : Math.max(0, 1 - sampleVariance(remainder) / whole);
}

function sampleVariance(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
